"""A text as Akoma Ntoso 3.0 (OASIS LegalDocML), valid against `akomantoso30.xsd`.

An element that stands for a block bears the block's id as `wId`, which it keeps in every version and language, and an
`eId` by the naming convention, made of its number: `para_3`, `recs_1__rec_2`, `att_1__para_1`. The first word of its
`class` is the kind of block. What a translation lacks or renders of older words says so with `status`."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from lxml import etree

from ..rules.blocks import Block, BlockKind, numbers
from ..rules.translation import Freshness
from .metadata import AKN, NAMESPACE, identification, meta
from .names import Expression
from .text import fill, rows

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPEAKING = [f"{{{NAMESPACE}}}{part}" for part in ("preface", "preamble", "mainBody", "attachment")]
_STATUS = {Freshness.STALE: "edited", Freshness.MISSING: "incomplete"}
_SHORT = {BlockKind.PREAMBULAR: "rec", BlockKind.HEADING: "sec", BlockKind.TITLE: "hcontainer"}


def serialize(of: Expression) -> bytes:
    """The file, the same bytes for the same values. `of.blocks` is a text that `blocks.check` accepts."""
    root = AKN.akomaNtoso(_Writer(of).document())
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


class _Writer:
    def __init__(self, of: Expression) -> None:
        self.of = of
        self.numbers = numbers(of.blocks)
        self.counted: Counter[tuple[str, str]] = Counter()

    def document(self) -> Any:
        of = self.of
        text, *annexes = _parts(of.blocks)
        made = AKN(of.element, meta(of), *self.structure(text, ""), name=of.kind.value)
        if annexes:
            made.append(AKN.attachments(*(self.annex(at, part) for at, part in enumerate(annexes, 1))))
        for part in made.iter(*_SPEAKING):  # the schema knows no language of a document as a whole
            part.set(_LANG, of.language)
        return made

    def annex(self, at: int, part: Sequence[Block]) -> Any:
        """An annex is a document of its own within the file, with its own name."""
        head, *rest = part
        within = AKN.doc(
            AKN.meta(identification(self.of, f"!annex_{at}")), *self.structure(rest, f"att_{at}__"), name="annex"
        )
        return self.marked(AKN.attachment(self.num(head), self.words(AKN.heading(), head), within), head, f"att_{at}")

    def structure(self, text: Sequence[Block], before: str) -> Iterator[Any]:
        """Title, preamble and body; `before` begins each `eId`."""
        rest = list(text)
        if rest and rest[0].kind is BlockKind.TITLE and not before:
            head = rest.pop(0)
            title = AKN.longTitle(AKN.p(self.words(AKN.docTitle(), head)))
            yield AKN.preface(self.marked(title, head, "longTitle"))
        recitals = []
        while rest and rest[0].kind is BlockKind.PREAMBULAR:
            one = rest.pop(0)
            made = AKN.recital(self.num(one), self.words(AKN.p(), one))
            recitals.append(self.marked(made, one, f"{before}recs_1__{self.eid(one, '')}"))
        if recitals:
            yield AKN.preamble(AKN.recitals(*recitals, eId=f"{before}recs_1"))
        yield self.body(rest, before)

    def body(self, text: Sequence[Block], before: str) -> Any:
        """What stands under a heading is within its section."""
        body = within = AKN.mainBody()
        for one in text:
            made = self.marked(self.element(one, before), one, self.eid(one, before))
            if one.kind is BlockKind.HEADING:
                body.append(made)
                within = made
            else:
                within.append(made)
        return body if len(body) else AKN.mainBody(AKN.p())

    def element(self, one: Block, before: str) -> Any:
        if one.kind is BlockKind.HEADING:
            return AKN.section(self.words(AKN.heading(), one))
        if one.kind is BlockKind.TITLE:
            return AKN.hcontainer(self.words(AKN.heading(), one), name="title")
        if one.kind is BlockKind.PREAMBULAR:  # after the preamble, whose place is before everything else
            return AKN.hcontainer(self.num(one), AKN.content(self.words(AKN.p(), one)), name="recital")
        held = self.table(one, before) if one.kind is BlockKind.TABLE else self.words(AKN.p(), one)
        return AKN.paragraph(self.num(one), AKN.content(held))

    def table(self, one: Block, before: str) -> Any:
        """Its first row is its head, as on the pages."""
        cells, neat = rows(one)
        table = AKN.table({"class": "neat" if neat else "typed"}, eId=f"{self.eid(one, before)}__table_1")
        for at, row in enumerate(cells):
            cell: Callable[..., Any] = AKN.td if at else AKN.th
            table.append(AKN.tr(*(cell(fill(AKN.p(), words, AKN)) for words in row)))
        return table

    # -- what all of them have
    def marked(self, element: Any, one: Block, eid: str) -> Any:
        ident = quote(one.id, safe="")
        element.attrib.update({"eId": eid, "wId": ident, "GUID": f"{self.of.ref}:{ident}", "class": one.kind.value})
        freshness = self.of.translated.freshness.get(one.id) if self.of.translated else None
        if freshness in _STATUS:
            element.set("status", _STATUS[freshness])
        return element

    def words(self, element: Any, one: Block) -> Any:
        return fill(element, one.text, AKN)

    def num(self, one: Block) -> Any:
        return AKN.num(self.numbers[one.id])

    def eid(self, one: Block, before: str) -> str:
        """By the number: it is the same wherever headings stand. What has none is counted."""
        short = _SHORT.get(one.kind, "para")
        if one.id in self.numbers:
            return f"{before}{short}_{self.numbers[one.id].rpartition('.')[2].removeprefix('PP')}"
        self.counted[before, short] += 1
        return f"{before}{short}_{self.counted[before, short]}"


def _parts(text: Sequence[Block]) -> list[list[Block]]:
    """The text before the annexes, and each annex with its heading first."""
    parts: list[list[Block]] = [[]]
    for one in text:
        if one.kind is BlockKind.ANNEX:
            parts.append([])
        parts[-1].append(one)
    return parts
