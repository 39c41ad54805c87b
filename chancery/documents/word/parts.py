"""The parts of a Word file and how they hang together (ECMA-376, parts 1 and 2)."""

from collections.abc import Iterable
from pathlib import Path
from string import Template

from ..rules.blocks import digest
from ..rules.rolling import Place
from . import furniture
from .body import written
from .ink import OPERATIVE, PREAMBULAR, Ink
from .marks import PREFIX, stamp
from .paper import Column, Paper
from .runs import Look, escaped

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = Template((Path(__file__).parent / "styles.xml").read_text(encoding="utf-8"))
_FONTS = (("Times New Roman", "Liberation Serif", "roman"), ("Arial", "Liberation Sans", "swiss"),
          ("SimSun", "Noto Serif CJK SC", "roman"))  # fmt: skip
_KINDS = {
    "document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings",
    "fontTable": "fontTable", "comments": "comments", "header1": "header", "header2": "header", "footer1": "footer",
    "footer2": "footer",
}  # fmt: skip


def whole(paper: Paper) -> dict[str, str]:
    """Every part of the file by its name."""
    words, ink = written(paper)
    foot = _part("ftr", furniture.footer(paper))
    return {
        "[Content_Types].xml": _types(), "_rels/.rels": _root(),
        "word/document.xml": _part("document", f"<w:body>{words}{_section(paper)}</w:body>"),
        "word/_rels/document.xml.rels": _relations(
            (name, f"{OFFICE}/relationships/{name.rstrip('12')}", f"{name}.xml")
            for name in _KINDS
            if name != "document"
        ),
        "word/styles.xml": _styles(paper, ink.hanging),
        "word/numbering.xml": _part("numbering", _numbering(paper, ink)),
        "word/settings.xml": _part("settings", _SETTINGS), "word/fontTable.xml": _part("fonts", _fonts()),
        "word/header1.xml": _part("hdr", furniture.masthead(paper)),
        "word/header2.xml": _part("hdr", furniture.running_head(paper)),
        "word/footer1.xml": foot, "word/footer2.xml": foot,
        "word/comments.xml": _part("comments", furniture.comments(ink.comments)),
        "docProps/core.xml": _core(paper), "docProps/custom.xml": _custom(paper),
    }  # fmt: skip


def _part(element: str, inside: str) -> str:
    return f'{HEAD}<w:{element} xmlns:w="{MAIN}" xmlns:r="{OFFICE}/relationships">{inside}</w:{element}>'


def _section(paper: Paper) -> str:
    references = "".join(
        f'<w:{kind}Reference w:type="{page}" r:id="{kind}{place}"/>'
        for kind in ("header", "footer")
        for place, page in enumerate(("first", "default"), 1)
    )
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1134" w:bottom="1247" '
        'w:left="1134" w:header="680" w:footer="567" w:gutter="0"/>'
        f"<w:titlePg/>{'<w:bidi/><w:rtlGutter/>' if paper.columns[0].rtl else ''}</w:sectPr>"
    )


def _styles(paper: Paper, hanging: int) -> str:
    """Smaller in two languages. Arabic letters are set larger than the others, or they look smaller."""
    two, first = len(paper.columns) > 1, paper.columns[0]
    own = Look(first.language, first.rtl).region
    return _STYLES.substitute(
        text=20 if two else 22, text_complex=23 if two else 26, title=26 if two else 34, annex=22 if two else 26,
        heading=20 if two else 23, number=15 if two else 17, hang=hanging,
        latin="en-GB" if first.rtl or first.language == "zh" else escaped(own),
        bidi=escaped(own) if first.rtl else "ar-SA",
    )  # fmt: skip


def _numbering(paper: Paper, ink: Ink) -> str:
    """For each part of each text a list of its own: lists that share an abstract one share its count, and the numbers
    of two languages beside each other would run on from one to the other."""
    size = 15 if len(paper.columns) > 1 else 17
    room = f'<w:ind w:left="{ink.hanging}" w:hanging="{ink.hanging}"/>'
    look = (
        '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:b/><w:bCs/><w:i w:val="0"/>'
        f'<w:color w:val="454A56"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )
    forms = {OPERATIVE: "%1.", PREAMBULAR: "PP%1"}
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{place}"><w:nsid w:val="{place:08X}"/><w:multiLevelType '
        f'w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{forms[kind]}"/><w:lvlJc w:val="left"/><w:pPr>{room}</w:pPr>{look}</w:lvl></w:abstractNum>'
        for place, kind in enumerate(ink.lists, 1)
    )
    return abstract + "".join(
        f'<w:num w:numId="{place}"><w:abstractNumId w:val="{place}"/></w:num>'
        for place, _ in enumerate(ink.lists, 1)
    )


def _fonts() -> str:
    """What stands in for a font that a machine does not have."""
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/></w:font>'
        for name, other, family in _FONTS
    )


# Whoever edits the file is tracked from the first word.
_SETTINGS = (
    '<w:trackRevisions/><w:defaultTabStop w:val="624"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
)


# -------------------------------------------------------------------------------------------------- properties
def _core(paper: Paper) -> str:
    at = stamp(paper.exported)
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(paper.title)}</dc:title><dc:subject>{escaped(paper.symbol)}</dc:subject>"
        f"<dc:creator>{escaped(paper.organisation)}</dc:creator><dc:language>{escaped(paper.columns[0].language)}"
        f'</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>'
    )


def _custom(paper: Paper) -> str:
    """By which the file is known again."""
    values = {
        "document": paper.document, "version": paper.version, "exported": stamp(paper.exported),
        "languages": " ".join(one.language for one in paper.columns),
        **{f"text_{one.language}": _digest(one) for one in paper.columns},
    }  # fmt: skip
    made = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{place}" name="{PREFIX}{escaped(name)}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for place, (name, value) in enumerate(values.items(), 2)
    )
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">{made}</Properties>'
    )


def _digest(column: Column) -> str:
    return digest([one.block for one in column.text.paragraphs if one.place is Place.STANDS], column.language)


# --------------------------------------------------------------------------------------------------- the package
def _types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {f"/word/{name}.xml": f"{word}.{kind}+xml" for name, kind in _KINDS.items()}
    kinds["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    kinds["/docProps/custom.xml"] = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    made = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{made}</Types>'
    )


def _root() -> str:
    return _relations([
        ("document", f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
        ("core", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("custom", f"{OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
    ])  # fmt: skip


def _relations(found: Iterable[tuple[str, str, str]]) -> str:
    made = "".join(f'<Relationship Id="{id}" Type="{type}" Target="{target}"/>' for id, type, target in found)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>'
