"""What may happen to the catalogue and its coordinators."""

from django.db.models import Max

from chancery.core.dates import Day, Period
from chancery.core.refs import slug
from chancery.core.text import LocalizedText
from chancery.journal.acts import recording, seal
from chancery.parties.acts import called, days, end, free_ref
from chancery.parties.models import Party
from chancery.parties.queries import is_member
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .models import CatalogueEdition, Coordination, PriorityArea
from .rules import AlreadyCoordinates, CoordinationRole, CoordinatorIsNoMember


def adopt_edition(
    *, name: LocalizedText, since: Day, decision: str = "", source: str, by: Actor
) -> CatalogueEdition:
    """An edition of the catalogue comes into force; the one before it ends. Raises `EndsBeforeItBegins`."""
    policy.require(by, "catalogue.adopt-edition")
    with recording():
        ended = list(CatalogueEdition.objects.filter(until=None))
        for one in ended:
            end(one, since)
        ref = free_ref(CatalogueEdition, f"catalogue-{since.date.year}")
        edition = CatalogueEdition.objects.create(
            ref=ref, name=name, decision=decision, **days("since", since), source=source
        )
        seal("catalogue.adopt-edition", facts=[*ended, edition], **policy.signed(by))
    return edition


def define_area(*, dimension: str, name: LocalizedText, since: Day, source: str, by: Actor) -> PriorityArea:
    """A dimension has a further priority area from a day on."""
    policy.require(by, "catalogue.define-area")
    with recording():
        last = PriorityArea.objects.aggregate(last=Max("number"))["last"] or 0
        ref = free_ref(PriorityArea, slug(next(iter(name.texts.values()), "")))
        area = PriorityArea.objects.create(
            ref=ref, dimension=dimension, number=last + 1, name=name, **days("since", since), source=source
        )
        seal("catalogue.define-area", facts=[area], **policy.signed(by))
    return area


def appoint_coordinator(
    *, area: PriorityArea, party: Party, role: CoordinationRole, since: Day, until: Day | None = None, source: str,
    by: Actor,
) -> Coordination:  # fmt: skip
    """A Member State coordinates an area, for a term or without an end; the Senior Officials decide on it.

    Raises `CoordinatorIsNoMember`, `AlreadyCoordinates`."""
    policy.require(by, "catalogue.appoint-coordinator", area)
    with recording():
        if not is_member(party, since.date):
            raise CoordinatorIsNoMember(party=called(party, since), day=since)
        for other in area.coordinations.filter(party=party):
            if Period(since, until).overlaps(other.period):
                name, role_ = called(party, since), CoordinationRole(other.role)
                raise AlreadyCoordinates(party=name, role=role_, since=other.began or "…")
        coordination = Coordination.objects.create(
            ref=free_ref(Coordination, f"{area.ref}-{party.ref}-{since.date.year}"), area=area, party=party,
            role=role, **days("since", since), **days("until", until), source=source,
        )  # fmt: skip
        seal("catalogue.appoint-coordinator", facts=[coordination], subjects=_about(area, party), **policy.signed(by))
    return coordination


def end_coordination(*, coordination: Coordination, until: Day, source: str, by: Actor) -> Coordination:
    """A state ceases to coordinate an area. Raises `EndsBeforeItBegins`, `OutOfDate`."""
    policy.require(by, "catalogue.end-coordination", coordination)
    with recording():
        coordination.refresh_from_db()
        coordination.source = " ".join(dict.fromkeys([*coordination.sources, *source.split()]))
        end(coordination, until)
        about = _about(coordination.area, coordination.party)
        seal("catalogue.end-coordination", facts=[coordination], subjects=about, **policy.signed(by))
    return coordination


def _about(area: PriorityArea, party: Party) -> list[str]:
    return [f"priority_areas:{area.ref}", f"parties:{party.ref}"]
