"""What may happen to bodies and the chair."""

from django.db.models import Max

from chancery.core.dates import Day, Period
from chancery.core.refs import slug
from chancery.core.text import LocalizedText
from chancery.journal.acts import recording, seal
from chancery.parties.acts import called, days, end, free_ref
from chancery.parties.models import Party
from chancery.parties.queries import is_member
from chancery.parties.rules import check_end
from chancery.people import policy
from chancery.people.policy import Person as Actor

from . import guards, queries
from .models import Body, ChairTerm
from .rules import (
    BodyKind,
    ChairIsHeld,
    HandOverTooEarly,
    HasBodiesBelow,
    NoChair,
    NotAMember,
    ParentIsBelow,
    Presided,
    SameChair,
)  # fmt: skip


def establish(
    *, kind: BodyKind, name: LocalizedText, short: LocalizedText | None = None, parent: Body | None = None,
    mandate: LocalizedText | None = None, composition: LocalizedText | None = None,
    meets: LocalizedText | None = None, decision_rule: str = "", quorum: str = "",
    presided: Presided = Presided.CHAIR, established: str = "", since: Day, source: str, by: Actor,
) -> Body:  # fmt: skip
    """A body begins to exist, by a decision (`established`)."""
    policy.require(by, "bodies.establish")
    with recording():
        first = next(iter((short or name).texts.values()), "")
        last = Body.objects.aggregate(last=Max("position"))["last"] or 0
        body = Body.objects.create(
            ref=free_ref(Body, slug(first)), kind=kind, parent=parent, position=last + 1, name=name,
            short=short or LocalizedText(), mandate=mandate or LocalizedText(),
            composition=composition or LocalizedText(), meets=meets or LocalizedText(), decision_rule=decision_rule,
            quorum=quorum, presided=presided, established=established, **days("since", since), source=source,
        )  # fmt: skip
        seal("bodies.establish", facts=[body], subjects=_subjects(parent), **policy.signed(by))
    return body


def place(*, body: Body, parent: Body | None, by: Actor) -> Body:
    """A body reports to another one from now on. Raises `ParentIsBelow`."""
    policy.require(by, "bodies.place", body)
    with recording():
        body.refresh_from_db()
        above = Body.objects.get(pk=parent.pk) if parent else None
        while above is not None:
            if above.ref == body.ref:
                raise ParentIsBelow(body=parent.name if parent else "")
            above = above.parent
        body.parent = parent
        body.save(update_fields=["parent"])
        seal("bodies.place", facts=[body], subjects=_subjects(parent), **policy.signed(by))
    return body


def dissolve(*, body: Body, until: Day, source: str, by: Actor) -> Body:
    """A body ceases to exist; it stays in every view of its time.

    Raises `HasBodiesBelow`, `EndsBeforeItBegins`, `OutOfDate`, and what a guard of an area above refuses: silence runs
    in it, or it still meets."""
    policy.require(by, "bodies.dissolve", body)
    with recording():
        body.refresh_from_db()
        below = queries.bodies_below(body, until.date)
        if below:
            raise HasBodiesBelow(bodies=", ".join(str(one.name) for one in below), day=until)
        check_end(body.began, until.date)
        guards.check(body, until)
        body.source = " ".join(dict.fromkeys([*body.sources, *source.split()]))
        end(body, until)
        seal("bodies.dissolve", facts=[body], **policy.signed(by))
    return body


def open_term(
    *, party: Party, body: Body | None = None, since: Day, opened: str = "", theme: LocalizedText | None = None,
    priorities: LocalizedText | None = None, expected_end: LocalizedText | None = None, source: str, by: Actor,
) -> ChairTerm:  # fmt: skip
    """The first term in a chair. Raises `ChairIsHeld` once there is a chair, `NotAMember`."""
    policy.require(by, "bodies.open-term")
    with recording():
        for term in queries.chair_terms(body):
            if Period(since, None).overlaps(term.period):
                raise ChairIsHeld(party=called(term.party, since), since=term.began or "…")
        _check_member(party, since)
        term = _term(party, body, since, opened, theme, priorities, expected_end, source)
        seal("bodies.open-term", facts=[term], subjects=_about(party, body), **policy.signed(by))
    return term


def hand_over(
    *, party: Party, body: Body | None = None, day: Day, session: str = "", theme: LocalizedText | None = None,
    priorities: LocalizedText | None = None, expected_end: LocalizedText | None = None, source: str, by: Actor,
) -> ChairTerm:  # fmt: skip
    """The chair passes to a Member State at a session: one term ends and the next begins on the same day.

    Raises `NoChair`, `SameChair`, `HandOverTooEarly`, `NotAMember`. Of two officers who record it at the same
    moment one gets `SameChair`. (Rules of Procedure, rule 14, as far as public.)"""
    policy.require(by, "bodies.hand-over", body)
    with recording():
        terms = queries.chair_terms(body)
        current = terms[-1] if terms else None
        if current is None or current.until:
            raise NoChair(day=day)
        if current.party_id == party.ref:
            raise SameChair(party=called(party, day))
        if current.since and day.date <= current.since:
            raise HandOverTooEarly(since=current.began or day)
        _check_member(party, day)
        current.closed = session
        end(current, day)
        term = _term(party, body, day, session, theme, priorities, expected_end, source)
        seal(
            "bodies.hand-over",
            facts=[current, term],
            subjects=[*_about(party, body), f"parties:{current.party_id}"],
            **policy.signed(by),
        )
    return term


def set_programme(
    *, term: ChairTerm, theme: LocalizedText, priorities: LocalizedText, expected_end: LocalizedText, by: Actor
) -> ChairTerm:
    """The chair states its theme and priorities, and the event to which its end is bound."""
    policy.require(by, "bodies.set-programme", term)
    with recording():
        term.refresh_from_db()
        term.theme, term.priorities, term.expected_end = theme, priorities, expected_end
        term.save(update_fields=["theme", "priorities", "expected_end"])
        seal("bodies.set-programme", facts=[term], subjects=_about(term.party, term.body), **policy.signed(by))
    return term


def _term(
    party: Party, body: Body | None, since: Day, opened: str, theme: LocalizedText | None,
    priorities: LocalizedText | None, expected_end: LocalizedText | None, source: str,
) -> ChairTerm:  # fmt: skip
    ref = "-".join(part for part in (body.ref if body else "", party.ref, str(since.date.year)) if part)
    return ChairTerm.objects.create(
        ref=free_ref(ChairTerm, ref), party=party, body=body, **days("since", since), opened=opened,
        theme=theme or LocalizedText(), priorities=priorities or LocalizedText(),
        expected_end=expected_end or LocalizedText(), source=source,
    )  # fmt: skip


def _check_member(party: Party, day: Day) -> None:
    if not is_member(party, day.date):
        raise NotAMember(party=called(party, day), day=day)


def _subjects(body: Body | None) -> list[str]:
    return [f"bodies:{body.ref}"] if body else []


def _about(party: Party, body: Body | None) -> list[str]:
    return [f"parties:{party.ref}", *_subjects(body)]
