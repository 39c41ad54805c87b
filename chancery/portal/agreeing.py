"""Where texts and answers stand: what the Secretariat's desk and the Chair's are made of."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from chancery.core import navigation
from chancery.core.text import LocalizedText
from chancery.decisions.models import Decision, Objection, Reply, Silence
from chancery.documents.models import Call, Document, Paragraph, Position, Translation, Version
from chancery.documents.queries import access
from chancery.documents.queries.access import Belonging
from chancery.documents.rules.blocks import NEGOTIATED
from chancery.documents.rules.positions import CallKind, ParagraphStatus, Stance
from chancery.documents.rules.translation import Freshness, render
from chancery.documents.rules.visibility import audience, sees
from chancery.people import policy

from .asked import belonging, negotiation, running


# ---------------------------------------------------------------- answers
@dataclass(frozen=True, slots=True)
class Question:
    """Something to which delegations are asked to answer by an instant, who is asked, and who has."""

    subject: str
    title: LocalizedText
    url: str
    due: dt.datetime
    opened: dt.datetime
    sounding: bool
    silence: bool
    document: Document
    asked: frozenset[str]
    answered: frozenset[str]

    @property
    def missing(self) -> frozenset[str]:
        return self.asked - self.answered

    @property
    def heard(self) -> int:
        """How many of those who are asked have answered."""
        return len(self.asked & self.answered)


def questions(person: Any, day: dt.date) -> list[Question]:
    """The calls and silences that run, the most urgent first, of those whose answers a person may know: four queries.
    Who answered a sounding is for whom the charter's table says."""
    found = [*_silences(person, day), *_calls(person, day)]
    return sorted(found, key=lambda one: (one.due, one.subject))


def _silences(person: Any, day: dt.date) -> list[Question]:
    belongs = belonging(person, day)
    rows = [one for one in running(person, day) if _sees(person, one.body_id, "acknowledgements", belongs)]
    replied: dict[int, set[str]] = defaultdict(set)
    for silence, party in Reply.objects.filter(silence__in=rows, late=False).values_list("silence", "party"):
        replied[silence].add(party)
    return [
        Question(
            f"silences:{one.ref}", one.version.document.title, reverse("silence", args=[one.ref]), one.expires,
            one.proposed, False, True, one.version.document, _asked(one.version.document, belongs),
            frozenset(replied[one.pk]),
        )
        for one in rows
    ]  # fmt: skip


def _calls(person: Any, day: dt.date) -> list[Question]:
    belongs = belonging(person, day)
    seen = access.readable(person, belongs, prefix="version__document__")
    rows = Call.objects.filter(seen, closed=None).select_related("version__document").defer("version__blocks")
    calls = [one for one in rows if _sees(person, one.version.document.body_id, _ASKED_FOR[one.kind], belongs)]
    said = Position.objects.filter(document__in={one.version.document_id for one in calls})
    words = list(said.values_list("document", "block", "party", "sounding", "at"))
    return [
        Question(
            f"calls:{one.ref}", one.version.document.title, negotiation(one.version.document), one.due, one.opened,
            one.kind == CallKind.SOUNDING, False, one.version.document, _asked(one.version.document, belongs),
            _answered(one, words),
        )
        for one in calls
    ]  # fmt: skip


_ASKED_FOR = {CallKind.SOUNDING.value: "soundings", CallKind.POSITIONS.value: "positions"}


def _sees(person: Any, body: str, what: str, belongs: Belonging) -> bool:
    """Whether a person may know what others said, and who answered: by the charter's table of visibility."""
    goes_to = audience(settings.CHARTER.visibility, body, what)
    standing = policy.standing_of(person)
    return sees(standing, goes_to, body=body, members=belongs.members, parties=belongs.parties)


def _asked(document: Document, belongs: Belonging) -> frozenset[str]:
    """The members to which a text goes; what is public goes to all."""
    if document.is_public:
        return belongs.members
    return access.audience(document, belongs).delegations & belongs.members


def _answered(call: Call, words: Iterable[tuple]) -> frozenset[str]:
    """The parties that spoke on what a call asks about since it was opened."""
    asked, sounding, text = call.paragraphs.split(), call.kind == CallKind.SOUNDING, call.version.document_id
    return frozenset(
        party
        for document, block, party, in_sounding, at in words
        if document == text and in_sounding == sounding and at >= call.opened and (not asked or block in asked)
    )


# ---------------------------------------------------------------- texts
@dataclass(slots=True)
class Text:
    """A text on its way: how many paragraphs stand where, who objects, who is waited for, who has not spoken."""

    document: Document
    paragraphs: int
    open: int
    ad_referendum: int
    agreed: int
    to_translate: int = 0
    objecting: list[str] = field(default_factory=list)
    awaiting: list[str] = field(default_factory=list)
    spoken: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    in_room: list[Objection] = field(default_factory=list)

    @property
    def url(self) -> str:
        return negotiation(self.document)

    @property
    def silent(self) -> list[str]:
        """The members that have not spoken on it."""
        return sorted(self.asked - self.spoken)

    @property
    def blocked(self) -> bool:
        return bool(self.objecting or self.awaiting or self.in_room)


def texts(person: Any, day: dt.date, bodies: Iterable[str] | None = None) -> list[Text]:
    """The texts on their way that a person may read, of all bodies or of some: six queries. On its way is what climbs a
    route or is asked about, until it is withdrawn or settled."""
    belongs = belonging(person, day)
    documents = list(_on_their_way(person, belongs, bodies))
    last = Version.objects.filter(document=OuterRef("document")).order_by("-position").values("pk")[:1]
    versions = list(Version.objects.filter(document__in=documents, pk=Subquery(last)))
    held = {one.document_id: one for one in versions}
    statuses = _statuses(held)
    told = {one.body_id: _sees(person, one.body_id, "positions", belongs) for one in documents}
    words = _words({one.pk: held[one.pk] for one in documents if one.pk in held and told[one.body_id]})
    rooms = _rooms(held)
    stale = _to_translate(versions)
    return [
        _text(one, held[one.pk], statuses[one.pk], words[one.pk], rooms[one.pk], stale[one.pk], belongs)
        for one in documents
        if one.pk in held
    ]


def _on_their_way(person: Any, belongs: Belonging, bodies: Iterable[str] | None) -> QuerySet[Document]:
    called = Call.objects.filter(closed=None).values("version__document")
    silent = Silence.objects.filter(outcome="").values("version__document")
    moves = ~Q(route="") | Q(pk__in=called) | Q(pk__in=silent)
    rows = Document.objects.filter(access.readable(person, belongs), moves, withdrawn=None)
    if (settled := navigation.hint("settled-documents")) is not None:
        rows = rows.exclude(pk__in=settled)
    if bodies is not None:
        rows = rows.filter(body__in=list(bodies))
    return rows.select_related("body").order_by("-tabled", "ref")


def _statuses(held: dict[str, Version]) -> dict[str, dict[str, Paragraph]]:
    found: dict[str, dict[str, Paragraph]] = defaultdict(dict)
    for one in Paragraph.objects.filter(document__in=held):
        found[one.document_id][one.block] = one
    return found


def _words(held: dict[str, Version]) -> dict[str, list[tuple[str, str, str]]]:
    """The last word of each party on each paragraph, but for those said in soundings."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    rows = Position.objects.filter(document__in=held, sounding=False)
    for document, *word in rows.values_list("document", "block", "party", "stance"):
        found[document].append(tuple(word))
    return found


def _rooms(held: dict[str, Version]) -> dict[str, list[Objection]]:
    """The formal objections in rooms to the version that lies on the table, of bodies that have not agreed since."""
    found: dict[str, list[Objection]] = defaultdict(list)
    text_of = {one.pk: one.document_id for one in held.values()}
    agreed = Decision.objects.filter(
        document=OuterRef("version__document"), body=OuterRef("body"), taken__gte=OuterRef("session__starts")
    )
    rows = Objection.objects.filter(~Exists(agreed), version__in=text_of).select_related("session")
    for one in rows.order_by("at", "ref"):
        found[text_of[one.version_id]].append(one)
    return found


def _to_translate(versions: Sequence[Version]) -> dict[str, int]:
    """How many paragraphs of each text are stale or missing in the languages into which it is translated."""
    texts = [one.document_id for one in versions]
    latest = Translation.objects.filter(
        version__document=OuterRef("version__document"), language=OuterRef("language")
    ).order_by("-version__position", "-position")
    rows = Translation.objects.filter(version__document__in=texts, pk=Subquery(latest.values("pk")[:1]))
    now = {one.document_id: one.text for one in versions}
    found: dict[str, int] = defaultdict(int)
    for one in rows.select_related("version"):
        then = {block["id"]: block["text"] for block in one.version.blocks}
        made = render(now[one.version.document_id], then, one.texts)
        found[one.version.document_id] += sum(each.freshness is not Freshness.CURRENT for each in made)
    return found


def _text(
    document: Document, version: Version, statuses: dict[str, Paragraph], words: list[tuple[str, str, str]],
    rooms: list[Objection], stale: int, belongs: Belonging,
) -> Text:  # fmt: skip
    negotiated = {one.id for one in version.text if one.kind in NEGOTIATED}
    stand = {one: statuses[one].status if one in statuses else ParagraphStatus.OPEN for one in negotiated}
    open_ = {one for one, status in stand.items() if status == ParagraphStatus.OPEN}
    referred = {one for one, status in stand.items() if status == ParagraphStatus.AD_REFERENDUM}
    return Text(
        document, len(negotiated), len(open_), len(referred), len(negotiated) - len(open_) - len(referred), stale,
        objecting=sorted({
            party
            for block, party, stance in words
            if stance == Stance.OBJECTION and party in belongs.members and (not block or block in open_)
        }),
        awaiting=sorted({party for block in referred for party in statuses[block].awaiting.split()}),
        spoken=frozenset(party for _block, party, _stance in words),
        asked=_asked(document, belongs), in_room=rooms,
    )  # fmt: skip
