"""What may happen to membership, names and posts."""

from chancery.core.dates import Day, Period
from chancery.core.models import BY_TIME, LATEST_FIRST, Dated
from chancery.core.refs import slug
from chancery.core.refusals import OutOfDate
from chancery.core.text import LocalizedText
from chancery.journal.acts import recording, seal
from chancery.people import policy
from chancery.people.policy import Person as Actor

from . import queries
from .models import FocalPoint, Membership, Party, PartyName, Person, Post, Tenure
from .rules import (
    AlreadyBelongs,
    Capacity,
    DoesNotBelong,
    Form,
    Kind,
    NameExists,
    NotInPost,
    PostIsHeld,
    PostKind,
    SameCapacity,
    check_capacity,
    check_end,
    clash,
)  # fmt: skip

_LONGEST = 114  # characters of a reference, so that a number fits behind it


def free_ref(model: type, wanted: str) -> str:
    """The reference wanted, or the first free one after it; cut where it is longer than a reference may be."""
    wanted = wanted[:_LONGEST].rstrip("-.")
    taken = set(model.objects.filter(ref__startswith=wanted).values_list("ref", flat=True))
    number, ref = 1, wanted
    while ref in taken:
        number += 1
        ref = f"{wanted}-{number}"
    return ref


def days(name: str, day: Day | None) -> dict[str, object]:
    """The two columns in which an imprecise day is kept."""
    return {name: day.date if day else None, f"{name}_as": day.precision.value if day else "day"}


def register(
    *, ref: str, kind: Kind, name: LocalizedText, iso2: str = "", iso3: str = "", source: str, by: Actor
) -> Party:
    """Enters a state or an organisation with its short name, before it belongs in any capacity."""
    policy.require(by, "parties.register")
    with recording():
        party = Party.objects.create(
            ref=free_ref(Party, slug(ref)), kind=kind, iso2=iso2.upper(), iso3=iso3.upper(), source=source
        )
        names = [
            PartyName(
                ref=f"{party.ref}-{language}-{Form.SHORT}", party=party, language=language, form=Form.SHORT,
                text=text, status="confirmed", source=source,
            )
            for language, text in name.texts.items()
        ]  # fmt: skip
        for one in names:
            one.save(force_insert=True)
        seal("parties.register", facts=[party, *names], **policy.signed(by))
    return party


def admit(
    *, party: Party, capacity: Capacity, since: Day, signed: Day | None = None, decision: str = "", session: str = "",
    source: str, note: str = "", by: Actor,
) -> Membership:  # fmt: skip
    """A party begins to belong, as member or observer.

    Raises `AlreadyBelongs` where it belongs in any capacity at the time, `OnlyStatesAreMembers`.
    Source: the Rules of Procedure; a party is one thing at a time (settled)."""
    policy.require(by, "parties.admit", party)
    check_capacity(Kind(party.kind), capacity)
    with recording():
        others = list(party.memberships.all())
        found = clash(Period(since, None), [other.period for other in others])
        if found:
            holding = next(other for other in others if other.period == found)
            raise AlreadyBelongs(
                party=called(party, since), capacity=Capacity(holding.capacity), since=found.since or "…"
            )
        membership = Membership.objects.create(
            ref=free_ref(Membership, f"{party.ref}-{capacity}"), party=party, capacity=capacity,
            **days("since", since), **days("signed", signed),
            decision=decision, session=session, source=source, note=note,
        )  # fmt: skip
        seal("parties.admit", facts=[membership], subjects=[f"parties:{party.ref}"], **policy.signed(by))
    return membership


def change_capacity(
    *, party: Party, capacity: Capacity, since: Day, decision: str = "", session: str = "", source: str, by: Actor
) -> Membership:
    """A party passes from one capacity to the other on one day: an observer becomes a member.

    Raises `DoesNotBelong`, `SameCapacity`, `EndsBeforeItBegins`, `OnlyStatesAreMembers`."""
    policy.require(by, "parties.change-capacity", party)
    check_capacity(Kind(party.kind), capacity)
    with recording():
        current = _holding(party, since)
        if current.capacity == capacity:
            raise SameCapacity(party=called(party, since), capacity=capacity)
        end(current, since)
        following = Membership.objects.create(
            ref=free_ref(Membership, f"{party.ref}-{capacity}"), party=party, capacity=capacity,
            **days("since", since), decision=decision, session=session, source=source,
        )  # fmt: skip
        seal(
            "parties.change-capacity",
            facts=[current, following],
            subjects=[f"parties:{party.ref}"],
            **policy.signed(by),
        )
    return following


def withdraw(*, party: Party, until: Day, source: str, note: str = "", by: Actor) -> Membership:
    """A party ceases to belong; it stays in every view of its time. Raises `DoesNotBelong`, `EndsBeforeItBegins`."""
    policy.require(by, "parties.withdraw", party)
    with recording():
        current = _holding(party, until)
        current.note = note or current.note
        current.source = " ".join(dict.fromkeys([*current.sources, *source.split()]))
        end(current, until)
        seal("parties.withdraw", facts=[current], subjects=[f"parties:{party.ref}"], **policy.signed(by))
    return current


def rename(
    *, party: Party, form: Form, name: LocalizedText, since: Day | None, source: str, by: Actor
) -> list[PartyName]:
    """A party has another name from a day on, in each language given; the earlier one stays in views of its time.
    Without a day the names given are the first of their kind. Raises `NameExists`."""
    policy.require(by, "parties.rename", party)
    with recording():
        changed: list[PartyName] = []
        for language, text in name.texts.items():
            same = list(party.names.filter(form=form, language=language).order_by(BY_TIME))
            last = same[-1] if same else None
            if last and (since is None or last.until or (last.since and last.since >= since.date)):
                raise NameExists(since=last.began or "…")
            if last and since:
                end(last, since)
                changed.append(last)
            changed.append(
                PartyName.objects.create(
                    ref=free_ref(PartyName, f"{party.ref}-{language}-{form}"), party=party, language=language,
                    form=form, text=text, status="confirmed", **days("since", since), source=source,
                )
            )  # fmt: skip
        seal("parties.rename", facts=changed, subjects=[f"parties:{party.ref}"], **policy.signed(by))
    return changed


def confirm_name(*, name: PartyName, by: Actor) -> PartyName:
    """An officer confirms a working translation of a name."""
    policy.require(by, "parties.rename", name.party)
    with recording():
        name.refresh_from_db()
        name.status = "confirmed"
        name.save(update_fields=["status"])
        seal("parties.confirm-name", facts=[name], subjects=[f"parties:{name.party_id}"], **policy.signed(by))
    return name


def establish_post(*, kind: PostKind, name: LocalizedText, since: Day, body: str = "", source: str, by: Actor) -> Post:
    """The organisation has a further post from a day on."""
    policy.require(by, "parties.establish-post")
    with recording():
        ref = free_ref(Post, slug(next(iter(name.texts.values()), "")))
        post = Post.objects.create(ref=ref, kind=kind, name=name, body=body, **days("since", since), source=source)
        seal("parties.establish-post", facts=[post], **policy.signed(by))
    return post


def appoint(
    *, post: Post, person: Person | None = None, name: LocalizedText | None = None, style: str = "",
    party: Party | None = None, since: Day, source: str, by: Actor,
) -> Tenure:  # fmt: skip
    """Somebody takes a post: a person the record knows, or one entered now with name and sending state.

    Raises `PostIsHeld` while somebody else holds it."""
    policy.require(by, "parties.appoint", post)
    with recording():
        for tenure in post.tenures.select_related("person"):
            if Period(since, None).overlaps(tenure.period):
                raise PostIsHeld(person=tenure.person.name, since=tenure.began or "…")
        facts: list = []
        if person is None:
            words = name or LocalizedText()
            ref = free_ref(Person, slug(next(iter(words.texts.values()), "")))
            person = Person.objects.create(ref=ref, name=words, style=style, party=party, source=source)
            facts.append(person)
        tenure = Tenure.objects.create(
            ref=free_ref(Tenure, f"{post.ref}-{person.ref}"), post=post, person=person,
            **days("since", since), source=source,
        )  # fmt: skip
        seal(
            "parties.appoint",
            facts=[*facts, tenure],
            subjects=[f"posts:{post.ref}", f"persons:{person.ref}"],
            **policy.signed(by),
        )
    return tenure


def leave_post(*, post: Post, until: Day, source: str, by: Actor) -> Tenure:
    """The holder of a post leaves it. Raises `NotInPost`, `EndsBeforeItBegins`."""
    policy.require(by, "parties.leave-post", post)
    with recording():
        tenure = next((one for one in post.tenures.filter(until=None).order_by(LATEST_FIRST)), None)
        if tenure is None:
            raise NotInPost(day=until)
        tenure.source = " ".join(dict.fromkeys([*tenure.sources, *source.split()]))
        end(tenure, until)
        subjects = [f"posts:{post.ref}", f"persons:{tenure.person_id}"]
        seal("parties.leave-post", facts=[tenure], subjects=subjects, **policy.signed(by))
    return tenure


def accredit_focal_point(
    *, party: Party, office: LocalizedText, email: str = "", telephone: str = "", since: Day, source: str, by: Actor
) -> FocalPoint:
    """A party is reached through an office from a day on; the office before it ends."""
    policy.require(by, "parties.accredit-focal-point", party)
    with recording():
        ended = list(party.focal_points.filter(until=None))
        for point in ended:
            end(point, since)
        point = FocalPoint.objects.create(
            ref=free_ref(FocalPoint, f"{party.ref}-focal-point"), party=party, office=office, email=email,
            telephone=telephone, **days("since", since), source=source,
        )  # fmt: skip
        seal(
            "parties.accredit-focal-point",
            facts=[*ended, point],
            subjects=[f"parties:{party.ref}"],
            **policy.signed(by),
        )
    return point


def called(party: Party, day: Day) -> LocalizedText:
    """The name of a party on a day, for sentences."""
    return queries.naming(day.date, [party.ref])[party.ref]


def _holding(party: Party, day: Day) -> Membership:
    """The membership that a change ends. Raises `DoesNotBelong`."""
    current = next((one for one in party.memberships.all() if one.period.holds_on(day.date)), None)
    if current is None:
        raise DoesNotBelong(party=called(party, day), day=day)
    return current


def end(fact: Dated, until: Day) -> None:
    """Closes the period of a fact. Raises `EndsBeforeItBegins`, and `OutOfDate` where it has ended before."""
    if fact.until and fact.until < until.date:
        raise OutOfDate
    check_end(fact.began, until.date)
    fact.until, fact.until_as = until.date, until.precision.value
    fact.save()
