"""Documents that a person may read: in lists, and one with everything its page shows."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Min, Q, QuerySet

from chancery.core.charter import LANGUAGE_NAMES, RIGHT_TO_LEFT
from chancery.core.dates import Day
from chancery.core.models import BY_POSITION
from chancery.core.refusals import OutOfDate
from chancery.meetings.models import Meeting
from chancery.meetings.queries import containing
from chancery.meetings.words import short_day

from .. import words
from ..models import Call, Document, Draft, Enclosure, Paper, Relation, Translation, Version
from ..rules import blocks, symbols
from ..rules.blocks import Block, BlockKind
from ..rules.comparison import Change, Row, compare, recognise
from ..rules.symbols import RelationKind
from ..rules.translation import Freshness, Rendered, render
from . import access
from .languages import known

FOLDED = 3  # paragraphs in a row without a change, from which a comparison folds them
_NEWEST = ("-tabled", "-ref")
_PARTS: dict[str, Callable[[Any], Q]] = {
    "q": lambda text: containing("words", text),
    "body": lambda body: Q(body=body),
    "session": lambda session: Q(session=session) | Q(papers__item__meeting=session),
    "kind": lambda kind: Q(kind=kind),
    "series": lambda series: Q(series=series),
    "language": lambda language: Q(language=language) | Q(versions__translations__language=language),
    "classification": lambda classification: Q(classification=classification),
    "since": lambda since: Q(tabled__gte=since.date),
    "to": lambda last: Q(tabled__lte=last.last),
}


# ---------------------------------------------------------------- lists
def parts(asked: Mapping[str, Any]) -> dict[str, Q]:
    """The conditions of a filter, by the name of its field; fields left empty ask for nothing. What looks beyond the
    document itself is asked of its reference, so that none is found twice."""
    found = {name: _PARTS[name](asked[name]) for name in _PARTS if asked.get(name)}
    for name in {"session", "language"} & found.keys():
        found[name] = Q(ref__in=Document.objects.filter(found[name]).values("ref"))
    return found


def tabled_by(day: dt.date) -> Q:
    """What had been tabled at the end of a day."""
    return Q(tabled__lte=day)


def listed(reader: Any, *conditions: Q) -> QuerySet[Document]:
    """The documents that a person may read, with what lists show, newest first."""
    rows = Document.objects.filter(access.readable(reader), *conditions)
    return rows.defer("words", "note").select_related("body").order_by(*_NEWEST)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a list shows it. `languages` are those in which it can be read, its own first."""

    document: Document
    languages: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        return short_day(Day(self.document.tabled))

    @property
    def kind(self) -> Any:
        return words.KIND[self.document.kind]

    @property
    def classification(self) -> Any:
        """Said only where it is not for everybody."""
        return "" if self.document.is_public else words.CLASSIFICATION[self.document.classification]


def shown(documents: Sequence[Document]) -> list[Listed]:
    """Documents as lists show them: two queries for their languages."""
    refs = [one.ref for one in documents]
    held = with_text(documents)
    into: dict[str, set[str]] = defaultdict(set)
    for document, language in Translation.objects.filter(version__document__in=refs).values_list(
        "version__document", "language"
    ):
        into[document].add(language)
    return [
        Listed(one, (one.language, *sorted(into[one.ref] - {one.language})) if one.ref in held else ())
        for one in documents
    ]


def by_year(documents: Sequence[Document]) -> list[tuple[dt.date, list[Listed]]]:
    """Documents in the order given, under the year in which they were tabled."""
    years: dict[dt.date, list[Listed]] = defaultdict(list)
    for one in shown(documents):
        years[dt.date(one.document.tabled.year, 1, 1)].append(one)
    return list(years.items())


def latest(day: dt.date, n: int, *conditions: Q, reader: Any = None) -> list[Listed]:
    """The last documents up to a day that a reader may read, newest first; without a reader, the public ones."""
    return shown(listed(reader, tabled_by(day), *conditions)[:n])


def sessions(reader: Any) -> list[Meeting]:
    """The sessions before which the documents that a person may read are, latest first."""
    mine = Document.objects.filter(access.readable(reader)).values("ref")
    before = Q(documents__in=mine) | Q(agenda__papers__document__in=mine)
    return list(Meeting.objects.filter(before).distinct().order_by("-starts", "-ref").only("ref", "title", "starts"))


# ---------------------------------------------------------------- one document
def find(ref: str) -> Document | None:
    """A document by its reference, whoever asks."""
    return Document.objects.select_related("body", "session").filter(ref=ref).first()


def still(fact: Any) -> Any:
    """A fact as it is now that nobody else can change it. Raises `OutOfDate` where somebody took it away."""
    found = type(fact).objects.filter(pk=fact.pk).first()
    if found is None:
        raise OutOfDate
    return found


@dataclass(frozen=True, slots=True)
class Related:
    """What a document is to another one, in words seen from the page's side; `ref` is that of the relation."""

    ref: str
    words: Any
    document: Document
    kind: RelationKind
    outgoing: bool


@dataclass(slots=True)
class Page:
    """Everything that the page of a document shows beside its text: six queries."""

    document: Document
    versions: list[Version]
    translations: list[Translation]
    relations: list[Related]
    papers: list[Paper]
    enclosures: list[Enclosure]

    @property
    def last(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def session(self) -> Meeting | None:
        """The session for which it was tabled, where it is not on its agenda anyhow."""
        under = {one.item.meeting_id for one in self.papers}
        return None if self.document.session_id in under else self.document.session

    @property
    def successors(self) -> list[Document]:
        """What replaced it."""
        return [one.document for one in self.relations if one.kind is RelationKind.SUPERSEDES and not one.outgoing]

    def version(self, position: int) -> Version | None:
        return next((one for one in self.versions if one.position == position), None)

    def before(self, version: Version) -> Version | None:
        return self.version(version.position - 1)

    def translations_up_to(self, version: Version) -> list[Translation]:
        """Those of a version and of the versions before it, in their order."""
        return [one for one in self.translations if one.version.position <= version.position]

    def languages(self, version: Version) -> list[str]:
        """The languages in which a version can be read: its own, and those it or an earlier one was put into."""
        into = {one.language for one in self.translations_up_to(version)}
        return [version.language, *sorted(into - {version.language}, key=_order)]


def page(document: Document, reader: Any, day: dt.date, belongs: access.Belonging | None = None) -> Page:
    """What the page of a document shows on a day; other documents only where the person may read them."""
    versions = list(document.versions.filter(circulated__lte=day).defer("blocks").order_by("position"))
    for one in versions:
        one.document = document
    known = {one.ref: one for one in versions}
    made = Translation.objects.filter(version__in=known, circulated__lte=day).defer("texts")
    translations = list(made.order_by("version__position", "position"))
    for one in translations:
        one.version = known[one.version_id]
    papers = document.papers.select_related("item__meeting").order_by("item__meeting__starts", "item__position")
    return Page(
        document, versions, translations, _relations(document, reader, belongs), list(papers),
        list(document.enclosures.order_by(BY_POSITION, "ref")),
    )  # fmt: skip


def _relations(document: Document, reader: Any, belongs: access.Belonging | None) -> list[Related]:
    may = Document.objects.filter(access.readable(reader, belongs)).values("ref")
    found = Relation.objects.filter(Q(document=document, other__in=may) | Q(other=document, document__in=may))
    rows = []
    for one in found.select_related("document", "other").order_by("kind", "ref"):
        outgoing = one.document_id == document.ref
        said = words.RELATION if outgoing else words.RELATED
        other = one.other if outgoing else one.document
        rows.append(Related(one.ref, said[one.kind], other, RelationKind(one.kind), outgoing))
    return rows


def _order(language: str) -> tuple[int, str]:
    languages = settings.CHARTER.languages
    return (languages.index(language) if language in languages else len(languages), language)


# ---------------------------------------------------------------- texts
@dataclass(frozen=True, slots=True)
class Reading:
    """A version in one language. `translation` is what it was put into that language by, None for the original."""

    language: str
    blocks: list[Rendered]
    translation: Translation | None = None

    @property
    def name(self) -> str:
        return LANGUAGE_NAMES.get(self.language, self.language)

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def standing(self) -> Any:
        return words.STANDING[self.translation.standing] if self.translation else ""

    @property
    def stale(self) -> int:
        """How many paragraphs changed in the original since they were translated."""
        return sum(one.freshness is Freshness.STALE for one in self.blocks)

    @property
    def missing(self) -> int:
        """How many paragraphs are not translated."""
        return sum(one.freshness is Freshness.MISSING for one in self.blocks)

    def text(self) -> list[Block]:
        """The words in this language alone, as something to compare."""
        return [Block(one.id, one.kind, one.text) for one in self.blocks]


def rendered(version: Version, language: str) -> Reading | None:
    """A version in a language: the original, or what was translated of it and of the versions before it, paragraph by
    paragraph, each with how it stands; None where there is nothing. At most two queries for a translation."""
    now = version.text
    if language == version.language:
        return Reading(language, [Rendered(one.id, one.kind, one.text, Freshness.CURRENT) for one in now])
    made = known(version, language).get(language)
    return Reading(language, render(now, made.then, made.texts), made.last) if made else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A paragraph in one language, as it is read. Where it is not translated the words are those of the original,
    unless the original stands beside it."""

    language: str
    direction: str
    block: Block
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a text as a page shows it: what it is called, and in each language shown."""

    id: str
    kind: BlockKind
    number: str
    cells: list[Cell]


def lines(version: Version, readings: Sequence[Reading]) -> list[Line]:
    """The paragraphs of a version in one language, or in several beside each other."""
    original = version.text
    called = blocks.numbers(original)
    alone = len(readings) == 1
    return [
        Line(one.id, one.kind, called.get(one.id, ""), [_cell(version, one, r, r.blocks[i], alone) for r in readings])
        for i, one in enumerate(original)
    ]


def _cell(version: Version, original: Block, reading: Reading, block: Rendered, alone: bool) -> Cell:
    if block.freshness is Freshness.MISSING and alone:
        direction = "rtl" if version.language in RIGHT_TO_LEFT else "ltr"
        return Cell(version.language, direction, original, block.freshness)
    return Cell(reading.language, reading.direction, Block(block.id, block.kind, block.text), block.freshness)


@dataclass(frozen=True, slots=True)
class Run:
    """Paragraphs in a row that changed, or several that did not and are folded away."""

    rows: list[Row]
    folded: bool

    @property
    def numbers(self) -> str:
        """What the first and the last of them are called: `3 … 7`."""
        called = [one.new.number for one in self.rows if one.new and one.new.number]
        return " … ".join(dict.fromkeys((called[0], called[-1]))) if called else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions beside each other in a language, word by word; `reading` is the later one."""

    reading: Reading
    rows: list[Row]

    @property
    def behind(self) -> int:
        """How many paragraphs of the later version are not, or not yet again, put into this language."""
        return self.reading.stale + self.reading.missing

    @property
    def counts(self) -> list[tuple[Any, int]]:
        """How many paragraphs changed in which way, in words; those that did not stand last."""
        found = Counter(one.change.value for one in self.rows)
        return [(words.CHANGE[change], found[change]) for change in words.CHANGE if found[change]]

    @property
    def same(self) -> bool:
        return all(one.change is Change.SAME for one in self.rows)

    @property
    def runs(self) -> list[Run]:
        """The paragraphs in order, three or more that did not change folded into one."""
        made = []
        for same, rows in groupby(self.rows, lambda one: one.change is Change.SAME):
            run = list(rows)
            made.append(Run(run, same and len(run) >= FOLDED))
        return made


def comparison(old: Version, new: Version, language: str) -> Comparison | None:
    """Two versions compared as they are read in a language; None where one of them cannot be. Paragraphs of two
    documents are known again by what they say: their ids have nothing to do with each other."""
    was, now = rendered(old, language), rendered(new, language)
    if was is None or now is None:
        return None
    one_work = old.document_id == new.document_id
    after = now.text() if one_work else recognise(was.text(), now.text())
    return Comparison(now, compare(was.text(), after))


def with_text(documents: Sequence[Document]) -> set[str]:
    """Those of some documents, by reference, whose text the record holds."""
    refs = [one.ref for one in documents]
    return set(Version.objects.filter(document__in=refs).values_list("document", flat=True)) if refs else set()


def full(version: Version) -> Version:
    """A version with its blocks, which lists leave out."""
    return Version.objects.select_related("document").get(ref=version.ref)


# ---------------------------------------------------------------- symbols, and the clock
@dataclass(frozen=True, slots=True)
class Symbols:
    """What is amiss with the symbols of documents: numbers left out, and symbols that look alike."""

    gaps: list[symbols.Gap] = field(default_factory=list)
    alike: list[tuple[str, list[Document]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.gaps or self.alike)


def symbol_report() -> Symbols:
    """Gaps and duplicates among the symbols of all documents: two queries."""
    given = dict(Document.objects.exclude(symbol="").values_list("ref", "symbol"))
    alike = symbols.duplicates(given)
    rows = Document.objects.in_bulk([ref for _symbol, refs in alike for ref in refs])
    return Symbols(symbols.gaps(given.values()), [(one, [rows[ref] for ref in refs]) for one, refs in alike])


def due_embargoes(now: dt.datetime) -> list[str]:
    """The documents whose embargo is over and that are not opened yet."""
    return list(Document.objects.filter(embargo__lte=now).order_by("embargo", "ref").values_list("ref", flat=True))


def coming_embargo() -> dt.datetime | None:
    """The instant at which the next embargo ends."""
    return Document.objects.aggregate(first=Min("embargo"))["first"]


# ---------------------------------------------------------------- the Secretariat's desk
@dataclass(frozen=True, slots=True)
class OnDesk:
    """A document on the desk: its last version, the languages that this version is not put into yet, whether a
    version is being written, and until when positions are asked for."""

    listed: Listed
    last: Version | None
    wanting: tuple[str, ...]
    drafted: bool
    due: dt.datetime | None

    @property
    def document(self) -> Document:
        return self.listed.document


def on_desk(documents: Sequence[Document]) -> list[OnDesk]:
    """Documents with what is to be done next about their text: six queries."""
    refs = [one.ref for one in documents]
    versions = Version.objects.filter(document__in=refs).defer("blocks").order_by("position")
    last = {one.document_id: one for one in versions}
    made = defaultdict(set)
    for version, language in Translation.objects.filter(version__in=list(last.values())).values_list(
        "version", "language"
    ):
        made[version].add(language)
    drafted = set(Draft.objects.filter(document__in=refs).values_list("document", flat=True))
    calls = Call.objects.filter(version__document__in=refs, closed=None).order_by("-due")
    due = dict(calls.values_list("version__document", "due"))
    return [
        OnDesk(
            row, version := last.get(row.document.ref), _wanting(row.document, version, made),
            row.document.ref in drafted, due.get(row.document.ref),
        )
        for row in shown(documents)
    ]  # fmt: skip


def _wanting(document: Document, version: Version | None, made: Mapping[str, set[str]]) -> tuple[str, ...]:
    if version is None or document.withdrawn:
        return ()
    there = {version.language, *made.get(version.ref, ())}
    return tuple(one for one in settings.CHARTER.languages if one not in there)
