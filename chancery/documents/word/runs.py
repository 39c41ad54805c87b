"""Words as runs of WordprocessingML (ECMA-376, part 1, 17.3.2), escaped by construction, each run in one direction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..formal.text import sound

LEFT_TO_RIGHT = "\u200e"  # before what begins with a digit and is read from left to right in every language
REGIONS = {"en": "en-GB", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN", "kk": "kk-KZ", "fr": "fr-FR"}
_R = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LABEL = (  # said twice: LibreOffice forgets the style of characters in a table
    '<w:rPr><w:rStyle w:val="ProposalNumber"/><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:b/><w:bCs/>'
    '<w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
)
_L = rf"(?:(?![{_R}])[^\W\d_])"
_RIGHT = re.compile(rf"[{_R}]+(?:[\W\d_]*[{_R}]+)*")
_LEFT = re.compile(rf"{_L}+(?:[\W\d_]*(?:{_L}|\d)+)*")


def escaped(text: str) -> str:
    """For the inside of an element or, in double quotes, an attribute."""
    made = sound(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return made.replace('"', "&quot;").replace("\n", " ")


@dataclass(frozen=True)
class Look:
    """The language of words and its direction; `plain` if it is that of the whole file."""

    language: str
    rtl: bool
    plain: bool = True

    @property
    def region(self) -> str:
        return REGIONS.get(self.language, self.language)

    def runs(self, text: str, tag: str = "t", *, italic: int = 0, style: str = "") -> str:
        """Runs of words; the first `italic` characters stand apart."""
        if italic:
            return self.runs(text[:italic], tag, style="i") + self.runs(text[italic:], tag)
        return "".join(self._run(part, tag, rtl, style) for part, rtl in self._directions(text))

    def _run(self, text: str, tag: str, rtl: bool, style: str) -> str:
        inside = "<w:br/>".join(_words(line, tag) for line in text.split("\n"))
        return f"<w:r>{self._properties[rtl, style]}{inside}</w:r>"

    @cached_property
    def _properties(self) -> dict[tuple[bool, str], str]:
        return {(rtl, style): self._of(rtl, style) for rtl in (False, True) for style in ("", "i", "label")}

    def _of(self, rtl: bool, style: str) -> str:
        """In the order that the schema wants: style, fonts, italic, direction, language."""
        if style == "label":
            return _LABEL
        made = '<w:rFonts w:hint="eastAsia"/>' if self.language == "zh" else ""
        made += "<w:i/><w:iCs/>" if style == "i" else ""
        if rtl:
            made += f'<w:rtl/><w:lang w:bidi="{escaped(self.region if self.rtl else REGIONS["ar"])}"/>'
        elif not self.plain and not self.rtl:
            made += f'<w:lang w:{"eastAsia" if self.language == "zh" else "val"}="{escaped(self.region)}"/>'
        return f"<w:rPr>{made}</w:rPr>" if made else ""

    def _directions(self, text: str) -> Iterator[tuple[str, bool]]:
        """Words of the other direction apart: Word orders the signs within a run by the run's direction."""
        if not self.rtl and text.isascii():
            if text:
                yield text, False
            return
        at = 0
        for found in (_LEFT if self.rtl else _RIGHT).finditer(text):
            if found.start() > at:
                yield text[at:found.start()], self.rtl
            yield found[0], not self.rtl
            at = found.end()
        if at < len(text):
            yield text[at:], self.rtl


def _words(line: str, tag: str) -> str:
    return f'<w:{tag} xml:space="preserve">{escaped(line)}</w:{tag}>' if line else ""
