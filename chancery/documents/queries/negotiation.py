"""Texts under negotiation: what delegations said of them, as far as the reader may see it."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils.translation import get_language

from chancery.bodies.models import Body
from chancery.core import navigation
from chancery.core.asof import today
from chancery.core.refusals import Refusal
from chancery.journal.models import Entry
from chancery.meetings.models import Meeting
from chancery.parties.models import Party
from chancery.parties.queries import Naming, naming
from chancery.people import policy
from chancery.people.models import Account, NoteVerbale

from .. import guards
from ..models import Call, Document, Paragraph, Position, PrivateNote, Translation, Version
from ..rules import translation
from ..rules.access import delegate
from ..rules.blocks import NEGOTIATED, Block, numbers
from ..rules.positions import (
    LONGEST,
    CallKind,
    NoSounding,
    NotAskedFor,
    ParagraphClosed,
    ParagraphStatus,
    Stance,
    UnknownParagraph,
    owed,
)
from ..rules.symbols import VersionKind
from ..rules.translation import Freshness
from ..rules.visibility import audience, sees
from . import access
from .access import Belonging

WHOLE = "whole"  # stands for the text as a whole where a paragraph is named
SHORT = 280  # characters of somebody's words beside a paragraph; the paragraph's own page has them whole
_SHARPEST = [Stance.OBJECTION, Stance.RESERVATION, Stance.COMMENT, Stance.AWAITING_CAPITAL, Stance.CAN_JOIN]
_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
COUNTED = (Stance.CAN_JOIN, Stance.AWAITING_CAPITAL)  # what needs no words is shown as a number
_TOLD = ("documents.take-position", "documents.confirm-capital", "documents.agree", "documents.reopen")
_RANK = {stance.value: rank for rank, stance in enumerate(_SHARPEST)}


# ----------------------------------------------------------------------------------------- what acts ask
def subject(document: str, block: str = "") -> str:
    """Under which name the journal and private notes know a text (`documents:ref`) or a paragraph (`…#b5`)."""
    return f"documents:{document}#{block}" if block else f"documents:{document}"


def subjects(document: str, blocks: Iterable[str] = (), party: str = "") -> list[str]:
    """What an entry about paragraphs mentions: the text, each of them, and the party that spoke."""
    about = [subject(document), *(subject(document, block or WHOLE) for block in blocks)]
    return [*about, f"parties:{party}"] if party else about


def latest(version: Version) -> Version:
    """The version itself with its document, if it is the one that is negotiated. Raises `NotAskedFor`, or what else
    forbids a change of the text."""
    versions = Version.objects.filter(document=version.document_id).select_related("document")
    found = versions.order_by("-position").first()
    if found is None or found.pk != version.pk:
        raise NotAskedFor
    check_changeable(found.document)
    return found


def check_changeable(document: Document) -> None:
    """Whether words of a text may still change: it was not withdrawn, and is neither frozen nor adopted."""
    if document.withdrawn:
        raise NotAskedFor
    guards.check(document, VersionKind.REVISION)


def check_open(
    version: Version, blocks: Sequence[str], *, whole: bool = True,
    closed: Iterable[ParagraphStatus] = (ParagraphStatus.AD_REFERENDUM, ParagraphStatus.AGREED),
) -> None:  # fmt: skip
    """Whether one may speak of these paragraphs (of the `whole` text, if empty). Raises `UnknownParagraph`,
    `ParagraphClosed`."""
    known = {block.id for block in version.text if block.kind in NEGOTIATED} | ({""} if whole else set())
    for block in blocks:
        if block not in known:
            raise UnknownParagraph(block=block)
    if Paragraph.objects.filter(document=version.document_id, block__in=blocks, status__in=list(closed)).exists():
        raise ParagraphClosed


def check_sounding(version: Version, blocks: Sequence[str], at: dt.datetime) -> None:
    """Whether the Chair sounds delegations on all of these paragraphs at an instant. Raises `NoSounding`."""
    running = Call.objects.filter(version=version, kind=CallKind.SOUNDING, closed=None, due__gt=at)
    asked = [one.paragraphs.split() for one in running]
    if not all(any(not named or block in named for named in asked) for block in blocks):
        raise NoSounding


def paragraph(document: Document, block: str) -> Paragraph | None:
    """Where a paragraph stands that a body spoke of."""
    return Paragraph.objects.filter(document=document, block=block).select_related("body").first()


def last_words(document: Document, blocks: Iterable[str]) -> dict[str, dict[str, Stance]]:
    """The last word of each party on paragraphs, but for what it said in soundings."""
    found: dict[str, dict[str, Stance]] = defaultdict(dict)
    rows = Position.objects.filter(document=document, block__in=list(blocks), sounding=False)
    for block, party, stance in rows.values_list("block", "party", "stance"):
        found[block][party] = Stance(stance)
    return found


def answered(call: Call) -> int:
    """How many parties spoke on what a call asked about since it was opened."""
    spoken = Position.objects.filter(
        document=call.version.document_id, sounding=call.kind == CallKind.SOUNDING, at__gte=call.opened
    )
    asked = call.paragraphs.split()
    return (spoken.filter(block__in=asked) if asked else spoken).values("party").distinct().count()


# ---------------------------------------------------------------------------------------- what the clock asks
def due_calls(now: dt.datetime) -> list[str]:
    """The calls whose time is over and that are not closed."""
    return list(Call.objects.filter(closed=None, due__lte=now).order_by("due", "ref").values_list("ref", flat=True))


def next_due() -> dt.datetime | None:
    """The instant at which the next call falls due."""
    return Call.objects.filter(closed=None).order_by("due").values_list("due", flat=True).first()


def call_page(ref: str) -> Call:
    """A call with its text. Raises `Call.DoesNotExist`."""
    return Call.objects.select_related("version__document").get(ref=ref)


# ------------------------------------------------------------------------------------------------- the reader
@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a text under negotiation: `party` for whom (empty for nobody), whether as its accredited voice, and
    what the charter's table lets the reader see of the others."""

    party: str
    speaks: bool
    member: bool
    leads: bool
    officer: bool
    positions: bool
    soundings: bool

    @property
    def observer(self) -> bool:
        return bool(self.party) and not self.member


def reader(person: Any, document: Document, belongs: Belonging) -> Reader:
    """What a person is before a text. Of several parties the first that the person speaks for counts."""
    standing, body, table = policy.standing_of(person), document.body_id, settings.CHARTER.visibility
    seen = {
        what: sees(
            standing, audience(table, body, what), body=body, members=belongs.members, parties=belongs.parties
        )
        for what in ("positions", "soundings")
    }
    held = sorted(access.delegations(standing) & belongs.parties, key=lambda one: (not delegate(standing, one), one))
    party = held[0] if held else ""
    return Reader(
        party=party, speaks=bool(party) and delegate(standing, party), member=party in belongs.members,
        leads=policy.may(person, "documents.call", body), officer=policy.may(person, "people.act-on-behalf"),
        positions=seen["positions"], soundings=seen["soundings"],
    )  # fmt: skip


def sounded(document: Document) -> str:
    """The audience, in the charter's table, to which answers to soundings on a text go."""
    return audience(settings.CHARTER.visibility, document.body_id, "soundings")


def visible(reader: Reader) -> Q:
    """The positions that a reader may see: always those of the own delegation."""
    shown = Q(party=reader.party) if reader.party else Q(pk__in=[])
    if reader.positions:
        shown |= Q(sounding=False)
    if reader.soundings:
        shown |= Q(sounding=True)
    return shown


# -------------------------------------------------------------------------------------------------- the text
class Word(NamedTuple):
    """The last word of a party. `earlier` says that the words of the paragraph have changed since; `cut`, that there
    are more. Of another party that only joins or waits neither words nor instant are shown, and so not read."""

    block: str
    party: str
    stance: Stance
    earlier: bool
    words: str = ""
    cut: bool = False
    language: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A text in one language; `standing` of a translation, empty for the language in which it is written."""

    language: str
    standing: str
    texts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Due:
    """That a party is asked for its position: in a call, on paragraphs, or (none named) on the text as a whole."""

    call: Call
    blocks: tuple[str, ...]

    @property
    def sounding(self) -> bool:
        return self.call.kind == CallKind.SOUNDING


@dataclass(eq=False)
class Negotiation:
    """A text under negotiation as one reader sees it, or `only` one of its paragraphs. Each part is asked for once,
    and only where a page shows it. `closed` is what forbids changing the text now."""

    document: Document
    versions: list[Version]
    reader: Reader
    person: Any
    closed: Refusal | None
    only: str | None = None

    @cached_property
    def version(self) -> Version:
        """The one that is negotiated: the latest."""
        return self.versions[-1]

    @cached_property
    def text(self) -> list[Block]:
        return self.version.text

    @cached_property
    def numbers(self) -> dict[str, str]:
        return numbers(self.text)

    @cached_property
    def negotiated(self) -> list[str]:
        """The paragraphs on which positions are taken, in order."""
        return [one.id for one in self.text if one.kind in NEGOTIATED]

    @cached_property
    def names(self) -> Naming:
        return naming(today())

    @property
    def sounded(self) -> str:
        """The audience to which answers to soundings go."""
        return sounded(self.document)

    # ------------------------------------------------------------------------------- where paragraphs stand
    @cached_property
    def paragraphs(self) -> dict[str, Paragraph]:
        rows = Paragraph.objects.filter(document=self.document).select_related("body")
        return {one.block: one for one in rows}

    def status(self, block: str) -> ParagraphStatus:
        found = self.paragraphs.get(block)
        return ParagraphStatus(found.status) if found else ParagraphStatus.OPEN

    @cached_property
    def open(self) -> list[str]:
        return [block for block in self.negotiated if self.status(block) is ParagraphStatus.OPEN]

    @cached_property
    def holding(self) -> list[str]:
        """The paragraphs that hold the text back: whatever is not agreed for good."""
        return [block for block in self.negotiated if self.status(block) is not ParagraphStatus.AGREED]

    def awaited(self, block: str) -> list[str]:
        """The parties whose capital is to confirm a paragraph."""
        found = self.paragraphs.get(block)
        return found.awaiting.split() if found else []

    @cached_property
    def capitals(self) -> list[str]:
        """The paragraphs that wait for the reader's capital."""
        return [block for block in self.negotiated if self.reader.party in self.awaited(block)]

    # --------------------------------------------------------------------------------------- what is said
    @cached_property
    def _said(self) -> dict[bool, dict[str, list[Word]]]:
        rows = Position.objects.filter(visible(self.reader), document=self.document)
        if self.only is not None:
            rows = rows.filter(block=self.only)
        found: dict[bool, dict[str, list[Word]]] = {False: defaultdict(list), True: defaultdict(list)}
        about = ("sounding", "version", "block", "party", "stance")
        counted = ~Q(party=self.reader.party) & Q(words="", stance__in=COUNTED)  # thousands, on a long text
        for sounding, version, block, party, stance in rows.filter(counted).values_list(*about):
            found[sounding][block].append(Word(block, party, Stance(stance), self._changed(version, block)))
        shown = Substr("words", 1, SHORT if self.only is None else LONGEST)
        told = rows.exclude(counted).annotate(shown=shown, length=Length("words"))
        told = told.values_list(*about, "shown", "length", "language", "at")
        for sounding, version, block, party, stance, words, length, language, at in told:
            earlier, cut = self._changed(version, block), length > len(words)
            found[sounding][block].append(Word(block, party, Stance(stance), earlier, words, cut, language, at))
        for by_block in found.values():
            for words in by_block.values():
                words.sort(key=lambda one: (_RANK[one.stance], one.party))
        return found

    def _changed(self, version: str, block: str) -> bool:
        """Whether the words of a paragraph are others now than in an earlier version."""
        return version != self.version.pk and self._texts[version].get(block) != self._texts[self.version.pk].get(block)

    @cached_property
    def _texts(self) -> dict[str, dict[str, str]]:
        return {one.pk: _by_id(one) for one in self.versions}

    def words(self, block: str) -> list[Word]:
        """What parties said of a paragraph, the sharpest first; cut short unless it is the `only` one."""
        return self._said[False].get(block, [])

    def soundings(self, block: str) -> list[Word]:
        """What they answered to the Chair alone."""
        return self._said[True].get(block, [])

    def own(self, block: str, *, sounding: bool = False) -> Word | None:
        """The last word of the reader's delegation."""
        said = self._said[sounding].get(block, [])
        return next((one for one in said if one.party == self.reader.party), None)

    def history(self, block: str) -> list[dict[str, Any]]:
        """What happened to a paragraph and what was said of it, every word that the reader may see, as the journal
        keeps it: the latest 200 first."""
        about = subject(self.document.ref, block or WHOLE)
        entries = Entry.objects.filter(mentions__subject=about, act__in=_TOLD).order_by("-seq")[:200]
        told = [{**json.loads(one.private), "at": one.at, "seq": one.seq} for one in entries]
        return [one for one in told if self._may_hear(one["said"])]

    def _may_hear(self, said: Mapping[str, Any]) -> bool:
        """What the Chair did, whoever sees the text hears; what a party said, as the table says."""
        if "party" not in said or said["party"] == self.reader.party:
            return True
        return self.reader.soundings if said["sounding"] else self.reader.positions

    # -------------------------------------------------------------------------------------- what is asked
    @cached_property
    def calls(self) -> list[Call]:
        """The calls that are open, the most urgent first."""
        return list(Call.objects.filter(version=self.version, closed=None).order_by("due", "ref"))

    @cached_property
    def _spoken(self) -> dict[bool, set[str]]:
        """Where the last word of the reader's delegation is on the words of now."""
        rows = Position.objects.filter(document=self.document, party=self.reader.party)
        found: dict[bool, set[str]] = {False: set(), True: set()}
        for block, version, sounding in rows.values_list("block", "version", "sounding"):
            if not self._changed(version, block):
                found[sounding].add(block)
        return found

    @cached_property
    def unspoken(self) -> list[str]:
        """The open paragraphs on whose words the delegation has not spoken."""
        return [block for block in self.open if block not in self._spoken[False]]

    @cached_property
    def due(self) -> list[Due]:
        """What the reader's delegation is asked for, the most urgent first."""
        return dues(self.calls, self.open, self._spoken.__getitem__) if self.reader.member else []

    # ------------------------------------------------------------------------------------- private notes
    @cached_property
    def _notes(self) -> dict[tuple[str, bool], PrivateNote]:
        rows = private_notes(self.person, subject(self.document.ref), party=self.reader.party)
        return {(one.subject, one.draft): one for one in rows}

    def note(self, block: str) -> PrivateNote | None:
        """What the reader's own delegation keeps for itself about a paragraph."""
        return self._notes.get((subject(self.document.ref, block), False))

    def draft(self, block: str) -> PrivateNote | None:
        """The answer that it has drafted."""
        return self._notes.get((subject(self.document.ref, block), True))

    # ---------------------------------------------------------------------------------------- languages
    @cached_property
    def _translations(self) -> dict[str, dict[str, Any]]:
        """The translation that counts in each language: of the latest version that has one, the last."""
        rows = Translation.objects.filter(version__document=self.document)
        rows = rows.order_by("version__position", "position")
        return {one["language"]: one for one in rows.values("pk", "language", "standing", "version")}

    @cached_property
    def languages(self) -> list[str]:
        """Those in which the text can be read, its own first."""
        own = self.version.language
        return [own, *(one for one in settings.CHARTER.languages if one in self._translations and one != own)]

    def columns(self, asked: str = "") -> list[Column]:
        """The text in the language asked for; else in its own, beside that of the page or the next one."""
        own, known = self.version.language, self.languages
        page = get_language() or ""
        chosen = [asked] if asked in known else [own, *([page] if page in known[1:] else known[1:2])]
        others = [self._translations[one]["pk"] for one in chosen if one != own]
        texts = dict(Translation.objects.filter(pk__in=others).values_list("language", "texts")) if others else {}
        return [self._column(one, texts.get(one)) for one in chosen]

    def _column(self, language: str, texts: dict[str, str] | None) -> Column:
        if texts is None:
            now = [translation.Rendered(one.id, one.kind, one.text, Freshness.CURRENT) for one in self.text]
            return Column(language, "", {one.id: one for one in now})
        found = self._translations[language]
        rendered = translation.render(self.text, self._texts[found["version"]], texts)
        return Column(language, found["standing"], {one.id: one for one in rendered})


def _by_id(version: Version) -> dict[str, str]:
    return {one["id"]: one["text"] for one in version.blocks}


def dues(calls: Iterable[Call], open_: Sequence[str], spoken: Callable[[bool], Collection[str]]) -> list[Due]:
    """What calls ask of a party: `spoken(sounding)` gives the paragraphs on whose words it spoke, in soundings or
    openly."""
    found = [Due(one, owed(one.paragraphs.split(), open_, spoken(one.kind == CallKind.SOUNDING))) for one in calls]
    return [one for one in found if one.blocks]


def negotiation(person: Any, ref: str, only: str | None = None) -> Negotiation | None:
    """A text under negotiation as a person sees it; None where there is none that the person may read."""
    document = Document.objects.select_related("body", "session").filter(ref=ref).first()
    if document is None:
        return None
    belongs = access.on(today())
    if not policy.may(person, "documents.read", access.audience(document, belongs)):
        return None
    versions = list(document.versions.order_by("position"))
    if not versions:
        return None
    return Negotiation(document, versions, reader(person, document, belongs), person, _refused(document), only)


def _refused(document: Document) -> Refusal | None:
    """What forbids changing a text now."""
    try:
        check_changeable(document)
    except Refusal as refusal:
        return refusal
    return None


# -------------------------------------------------------------------------------------------- private notes
def private_notes(person: Any, about: str, *, party: str) -> QuerySet[PrivateNote]:
    """The notes and drafts of a delegation about a text and its paragraphs, for somebody who holds a role for it. For
    anybody else there are none, nor for an officer who speaks on its behalf."""
    if not isinstance(person, Account) or party not in access.delegations(policy.standing_of(person)):
        return PrivateNote.objects.none()
    return PrivateNote.objects.filter(Q(subject=about) | Q(subject__startswith=f"{about}#"), party=party)


# -------------------------------------------------------------------------------------------------- the list
@dataclass(frozen=True, slots=True)
class Line:
    """A text in the list: its paragraphs that are not agreed, what is asked of the reader's delegation (`due`), the
    paragraphs that wait for its capital, and the calls that are open."""

    document: Document
    version: Version
    paragraphs: int
    holding: list[str]
    due: list[Due]
    capitals: list[str]
    calls: list[Call]

    @property
    def until(self) -> dt.datetime | None:
        """By when an answer is asked for, if it is."""
        return self.due[0].call.due if self.due else None


def under_negotiation(person: Any) -> list[Line]:
    """The texts that are negotiated and that a person may read, those asked about first: a fixed number of queries.

    A text is negotiated from its first version on, while it climbs a route or is asked about, until it is withdrawn
    or settled: the hint `settled-documents` is the area's above, which knows what bodies decided."""
    belongs, called = access.on(today()), Call.objects.filter(closed=None)
    climbs = ~Q(route="") | Q(pk__in=called.values("version__document"))
    found = Document.objects.filter(climbs, access.readable(person, belongs), withdrawn=None).select_related("body")
    if (settled := navigation.hint("settled-documents")) is not None:
        found = found.exclude(pk__in=settled)
    documents = {one.pk: one for one in found}
    last = Version.objects.filter(document=OuterRef("document")).order_by("-position").values("position")[:1]
    versions = {one.document_id: one for one in Version.objects.filter(document__in=documents, position=Subquery(last))}
    statuses: dict[str, dict[str, Paragraph]] = defaultdict(dict)
    for row in Paragraph.objects.filter(document__in=documents):
        statuses[row.document_id][row.block] = row
    calls: dict[str, list[Call]] = defaultdict(list)
    for call in called.filter(version__in=versions.values()).order_by("due", "ref"):
        calls[call.version_id].append(call)
    party = min(access.delegations(policy.standing_of(person)) & belongs.members, default="")
    spoken = _spoken_of(party, versions)
    lines = [
        _line(documents[ref], one, statuses[ref], calls[one.pk], spoken[ref], party) for ref, one in versions.items()
    ]
    return sorted(lines, key=lambda one: (one.until is None, one.until or _NEVER, one.document.ref))


def _spoken_of(party: str, versions: Mapping[str, Version]) -> dict[str, dict[bool, set[str]]]:
    """Of each text, the paragraphs on whose words of now a party spoke: two queries."""
    rows = list(
        Position.objects.filter(document__in=versions, party=party)
        .values_list("document", "version", "block", "sounding")
    )  # fmt: skip
    texts = {one.pk: _by_id(one) for one in Version.objects.filter(pk__in={row[1] for row in rows})}
    found: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {False: set(), True: set()})
    for document, version, block, sounding in rows:
        if texts[version].get(block) == texts.get(versions[document].pk, _by_id(versions[document])).get(block):
            found[document][sounding].add(block)
    return found


def _line(
    document: Document, version: Version, statuses: Mapping[str, Paragraph], calls: list[Call],
    spoken: Mapping[bool, set[str]], party: str,
) -> Line:  # fmt: skip
    negotiated = [one.id for one in version.text if one.kind in NEGOTIATED]
    stands = {one: statuses[one].status if one in statuses else ParagraphStatus.OPEN for one in negotiated}
    open_ = [one for one in negotiated if stands[one] == ParagraphStatus.OPEN]
    return Line(
        document, version, paragraphs=len(negotiated), calls=calls,
        holding=[one for one in negotiated if stands[one] != ParagraphStatus.AGREED],
        due=dues(calls, open_, spoken.__getitem__) if party else [],
        capitals=[one.block for one in statuses.values() if party and party in one.awaiting.split()],
    )  # fmt: skip


# ---------------------------------------------------------------------------------------- what forms offer
def sessions_of(bodies: Iterable[str]) -> QuerySet[Meeting]:
    """The sessions of bodies, latest first."""
    return Meeting.objects.filter(body__in=list(bodies)).order_by("-starts", "ref")


def notes_verbales() -> QuerySet[NoteVerbale]:
    """The notes on the strength of which an officer may speak, latest first."""
    return NoteVerbale.objects.order_by("-dated", "party", "number")


def party_of(ref: str) -> Party:
    """The party for which somebody speaks. Raises `Party.DoesNotExist`."""
    return Party.objects.get(pk=ref)


def bodies_of(document: Document) -> list[Body]:
    """The bodies that may agree paragraphs of a text: its own and those of its route, lowest first."""
    route = settings.CHARTER.routes.get(document.route)
    order = [document.body_id, *(route.bodies if route else ())]
    found = Body.objects.in_bulk(set(order))
    return [found[one] for one in dict.fromkeys(order) if one in found]
