"""What may happen to a document as a whole: it is tabled, classified, withdrawn, related to others, and gets files."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Max, Model, Q

from chancery.bodies.models import Body
from chancery.core import files, tables
from chancery.core.refs import slug
from chancery.core.text import LocalizedText
from chancery.journal.acts import recording, seal
from chancery.meetings.models import Meeting
from chancery.meetings.rules import FileTooLarge, kind_of_file
from chancery.parties.acts import free_ref
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import guards
from ..models import Document, Enclosure, Paper, Relation, Translation, Version
from ..queries import documents as queries
from ..rules import register as rules
from ..rules.access import Classification
from ..rules.symbols import DocumentKind, RelationKind, Series, SymbolTaken, VersionKind, addendum, symbol
from ..tables import prepare


def table(
    *, title: LocalizedText, kind: DocumentKind, body: Body, series: Series, language: str,
    classification: Classification, session: Meeting | None = None, route: str = "", sponsors: Iterable[Party] = (),
    number: int | None = None, source: str, note: str = "", by: Actor,
) -> Document:  # fmt: skip
    """A document is tabled: it gets a symbol by the charter's pattern, and with it the reference under which it is
    known for ever. Its number is the next one free in the series of the session (between sessions, of the year)
    unless one is given. Its text follows when it is circulated.

    Raises `SessionOfAnotherBody`, `RouteElsewhere`, `UnknownLanguage`, `SymbolTaken`."""
    policy.require(by, "documents.table")
    _check_place(body, session, route, language)
    with recording() as at:
        tabled = _day(at)
        document = prepare(
            Document(
                **_symbol(body, session, Series(series), number, tabled), series=series, kind=kind, route=route,
                title=title, body=body, session=session, language=language,
                sponsors=" ".join(one.ref for one in sponsors), classification=classification, tabled=tabled,
                source=source, note=note,
            )
        )  # fmt: skip
        document.save(force_insert=True)
        enter(act="documents.table", document=document, facts=[document], by=by)
    return document


def table_addendum(
    *, document: Document, title: LocalizedText, language: str, source: str, note: str = "", by: Actor
) -> Document:
    """An addition to a document is tabled: a document of its own that is part of it, of its kind, session and
    classification, and known by its symbol (`…/Add.2`).

    Raises `NoSymbol`, `Withdrawn`, `UnknownLanguage`."""
    policy.require(by, "documents.table")
    _check_language(language)
    with recording() as at:
        document = _current(document)
        rules.check_not_withdrawn(document.withdrawn)
        if not document.symbol:
            raise rules.NoSymbol
        made = _next_addendum(document.symbol)
        added = prepare(
            Document(
                ref=free_ref(Document, slug(made)), symbol=made, series=document.series, kind=document.kind,
                title=title, body=document.body, session=document.session, language=language,
                sponsors=document.sponsors, classification=document.classification, embargo=document.embargo,
                released_as=document.released_as, tabled=_day(at), source=source, note=note,
            )
        )  # fmt: skip
        added.save(force_insert=True)
        part = _relation(added, RelationKind.PART_OF, document, source)
        enter(act="documents.table", document=added, facts=[added, part], about=_of(document), by=by)
    return added


def classify(*, document: Document, classification: Classification, by: Actor) -> Document:
    """How far a document goes changes. When it becomes public, one public entry tells all of it: its versions,
    translations, enclosures, papers, and its relations with what is public. A text under silence is not taken from
    those who may break it.

    Raises `SameClassification`, `StaysPublic`, `UnderEmbargo`, and of one that is to go less far what the guards
    raise of a text that is frozen."""
    policy.require(by, "documents.classify")
    with recording():
        document = _current(document)
        rules.check_classification(
            Classification(document.classification), Classification(classification), embargo=bool(document.embargo)
        )
        if rules.is_narrower(Classification(classification), Classification(document.classification)):
            guards.check(document, VersionKind.CORRIGENDUM)
        document.classification = classification
        document.save()
        enter(act="documents.classify", document=document, facts=_opened(document), by=by)
    return document


def put_under_embargo(
    *, document: Document, until: dt.datetime | None, released_as: Classification | str = "", by: Actor
) -> Document:
    """A document keeps its classification until an instant; then the clock opens it as far as `released_as` says.
    Done again it moves the embargo; without an instant it takes it away, and the classification stays.

    Raises `EmbargoOver`, `NotWider`, `StaysPublic`, `NoEmbargo`, `Withdrawn`."""
    policy.require(by, "documents.classify")
    with recording() as at:
        document = _current(document)
        rules.check_not_withdrawn(document.withdrawn)
        if until:
            rules.check_embargo(Classification(document.classification), Classification(released_as), until, at)
        elif not document.embargo:
            raise rules.NoEmbargo
        document.embargo = until.replace(microsecond=0) if until else None
        document.released_as = released_as if until else ""
        document.save()
        enter(act="documents.put-under-embargo", document=document, facts=[document], by=by)
    return document


def lift_embargo(*, ref: str, by: Actor = policy.CLOCK) -> Document:
    """The clock opens a document whose embargo is over, once: what it was found for is asked again under the lock,
    since an officer may have moved the embargo and another clock may have come first."""
    policy.require(by, "documents.lift-embargo")
    with recording() as at:
        document = Document.objects.select_related("body").get(ref=ref)
        if document.embargo is None or document.embargo > at:
            return document
        document.classification, document.embargo, document.released_as = document.released_as, None, ""
        document.save()
        enter(act="documents.lift-embargo", document=document, facts=_opened(document), by=by)
    return document


def withdraw(*, document: Document, by: Actor) -> Document:
    """A document is withdrawn: it stays on the record and nothing is added to it. One that is under silence or was
    adopted is not withdrawn. Raises `Withdrawn` and what the guards raise."""
    policy.require(by, "documents.withdraw")
    with recording() as at:
        document = _current(document)
        rules.check_not_withdrawn(document.withdrawn)
        guards.check(document, VersionKind.REVISION)
        document.withdrawn, document.embargo, document.released_as = _day(at), None, ""
        document.save()
        enter(act="documents.withdraw", document=document, facts=[document], by=by)
    return document


def relate(*, document: Document, kind: RelationKind, other: Document, source: str = "", by: Actor) -> Relation:
    """It is recorded what a document is to another one. Raises `RelationKnown`, `RelatedInCircle`."""
    policy.require(by, "documents.relate")
    with recording():
        of_kind = Relation.objects.filter(kind=kind)
        if of_kind.filter(document=document, other=other).exists():
            raise rules.RelationKnown
        if rules.leads_back(other.ref, document.ref, of_kind.values_list("document", "other")):
            raise rules.RelatedInCircle(other=other.symbol or str(other.title))
        relation = _relation(_current(document), RelationKind(kind), _current(other), source or document.source)
        public = relation.document.is_public and relation.other.is_public
        enter(
            act="documents.relate", document=relation.document, facts=[relation], about=_of(other), public=public, by=by
        )
    return relation


def unrelate(*, relation: Relation, by: Actor) -> None:
    """What a document was said to be to another one is taken back; the journal keeps that it was said. That an addendum
    is part of its document is in its symbol, and stays. Raises `IsAddendum`, `OutOfDate`."""
    policy.require(by, "documents.relate")
    with recording():
        relation = queries.still(relation)
        document, other = relation.document, relation.other
        rules.check_unrelating(RelationKind(relation.kind), document.symbol, other.symbol)
        Relation.objects.filter(ref=relation.ref).delete()
        public = document.is_public and other.is_public
        enter(
            act="documents.unrelate", document=document, removed=[relation], about=_of(other), public=public, by=by
        )


def enclose(
    *, document: Document, file: bytes, title: LocalizedText, language: str = "", scan: bool = False, source: str = "",
    by: Actor,
) -> Enclosure:  # fmt: skip
    """A file is put with a document, or a scan of the signed paper. It is known by what is in it, and kept under the
    name of its content. Raises `FileTooLarge`, `FileOfUnknownKind`, `ScanOfAFile`, `Withdrawn`."""
    policy.require(by, "documents.enclose")
    if len(file) > settings.UPLOAD_LIMIT:
        raise FileTooLarge(limit=settings.UPLOAD_LIMIT // 1024 // 1024)
    ending = kind_of_file(file)
    if scan and ending == "docx":
        raise rules.ScanOfAFile
    name = files.keep(file, ending)
    with recording():
        document = _current(document)
        rules.check_not_withdrawn(document.withdrawn)
        last = document.enclosures.aggregate(last=Max("position"))["last"] or 0
        enclosure = Enclosure.objects.create(
            ref=free_ref(Enclosure, f"{document.ref}.file{last + 1}"), document=document, file=name, title=title,
            language=language, scan=scan, position=last + 1, source=source or document.source,
        )  # fmt: skip
        enter(act="documents.enclose", document=document, facts=[enclosure], by=by)
    return enclosure


def remove_enclosure(*, enclosure: Enclosure, by: Actor) -> None:
    """A file is taken from a document; the journal keeps that it was there, and since when not. Raises
    `OutOfDate`."""
    policy.require(by, "documents.enclose")
    with recording():
        enclosure = queries.still(enclosure)
        Enclosure.objects.filter(ref=enclosure.ref).delete()
        enter(act="documents.remove-enclosure", document=enclosure.document, removed=[enclosure], by=by)


def enter(
    *, act: str, document: Document, facts: Sequence[Model] = (), removed: Sequence[Model] = (),
    about: Iterable[str] = (), said: Mapping[str, Any] | None = None, public: bool | None = None, by: Actor,
) -> None:  # fmt: skip
    """Seals the entry of an act on a document: in the open where the document is, otherwise in private, with the
    rows among what was said, so that every word is in the journal."""
    public = document.is_public if public is None else public
    rows = {} if public else {"rows": [_row(one) for one in facts], "removed": [_row(one) for one in removed]}
    said = {**(said or {}), **rows}
    seal(
        act, facts=facts, removed=removed, subjects=[*_of(document), *about], said=said, public=public,
        **policy.signed(by),
    )  # fmt: skip


def _row(fact: Model) -> dict[str, Any]:
    table = tables.table_of(type(fact))
    return {"table": table.name, "ref": str(fact.pk), "row": table.row(fact, settings.CHARTER.languages)}


def _of(document: Document) -> list[str]:
    """What an entry about a document mentions besides."""
    session = [f"meetings:{document.session_id}"] if document.session_id else []
    sponsors = [f"parties:{one}" for one in document.sponsors.split()]
    return [f"documents:{document.ref}", f"bodies:{document.body_id}", *session, *sponsors]


def _opened(document: Document) -> list[Model]:
    """The facts that an entry tells when a document's classification changes: of one that became public, all that
    are now public."""
    if not document.is_public:
        return [document]
    with_it = Q(document=document), Q(other=document)
    relations = Relation.objects.filter(with_it[0] | with_it[1]).select_related("document", "other")
    return [
        document,
        *Version.objects.filter(document=document).order_by("position"),
        *Translation.objects.filter(version__document=document).order_by("version", "language", "position"),
        *Enclosure.objects.filter(document=document).order_by("position", "ref"),
        *Paper.objects.filter(document=document).order_by("ref"),
        *(one for one in relations.order_by("ref") if one.document.is_public and one.other.is_public),
    ]


def _current(document: Document) -> Document:
    """The document as it is now that nobody else can change it."""
    return Document.objects.select_related("body", "session").get(ref=document.ref)


def _day(at: dt.datetime) -> dt.date:
    return settings.CHARTER.today(at)


def _relation(document: Document, kind: RelationKind, other: Document, source: str) -> Relation:
    ref = free_ref(Relation, f"{document.ref}.{kind}.{other.ref}")
    return Relation.objects.create(ref=ref, document=document, kind=kind, other=other, source=source)


def _check_place(body: Body, session: Meeting | None, route: str, language: str) -> None:
    if session and session.body_id != body.ref:
        raise rules.SessionOfAnotherBody(meeting=session.title)
    if route and (route not in settings.CHARTER.routes or body.ref not in settings.CHARTER.routes[route].bodies):
        raise rules.RouteElsewhere(body=body.name)
    _check_language(language)


def _check_language(language: str) -> None:
    if language not in settings.CHARTER.languages:
        raise rules.UnknownLanguage(language=language)


def _symbol(
    body: Body, session: Meeting | None, series: Series, number: int | None, tabled: dt.date
) -> dict[str, Any]:
    """Number, symbol and reference of a document to be tabled. Raises `SymbolTaken`."""
    ordinal = session.ordinal if session else None
    year = session.starts.year if session else tabled.year

    def made(number: int) -> str:
        return symbol(
            settings.CHARTER.document_symbol, organisation=settings.CHARTER.symbol, body=body.ref,
            session=str(ordinal or year), series=series, number=number,
        )  # fmt: skip

    def taken(number: int) -> bool:
        return Document.objects.filter(symbol=made(number)).exists()

    if number is not None and taken(number):
        raise SymbolTaken(symbol=made(number))
    if number is None:
        number = _last_number(body, session, series, tabled) + 1
        while taken(number):
            number += 1
    return {"ref": free_ref(Document, slug(made(number))), "symbol": made(number), "number": number}


def _last_number(body: Body, session: Meeting | None, series: Series, tabled: dt.date) -> int:
    papers = Document.objects.filter(body=body, session=session, series=series)
    if session is None:
        papers = papers.filter(tabled__year=tabled.year)
    return papers.aggregate(last=Max("number"))["last"] or 0


def _next_addendum(of: str) -> str:
    number = 1
    while Document.objects.filter(symbol=addendum(of, number)).exists():
        number += 1
    return addendum(of, number)
