"""Who belongs, and under which name, on a day."""

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from chancery.core.asof import today
from chancery.core.dates import Day, Precision
from chancery.core.models import BY_POSITION, BY_TIME, LATEST_FIRST, held_on
from chancery.core.text import LocalizedText

from .models import FocalPoint, Membership, Party, PartyName, Person, Post, Tenure
from .rules import Capacity, Form


@dataclass(slots=True)
class Naming:
    """The names of parties on a day: `naming["kz"]` is the short name in every language."""

    short: dict[str, LocalizedText] = field(default_factory=dict)
    formal: dict[str, LocalizedText] = field(default_factory=dict)
    sort: dict[str, LocalizedText] = field(default_factory=dict)

    def __getitem__(self, party: str) -> LocalizedText:
        return self.short.get(party) or LocalizedText({"en": party.upper()})

    def order(self, party: str) -> str:
        """Where a party stands in the alphabetical order of the page's language."""
        name = self.sort.get(party) or self[party]
        return alphabetical(name.wording(get_language() or "").text)

    def several(self, refs: str) -> list[tuple[str, LocalizedText]]:
        """The names of parties kept as `kz az`, in the order kept."""
        return [(ref, self[ref]) for ref in refs.split()]


def alphabetical(text: str) -> str:
    """A key of order in which accents do not count: Türkiye stands before Turkmenistan."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


def naming(
    day: dt.date, parties: Iterable[str] | None = None, *, every_language: bool = False, short: bool = False
) -> Naming:
    """The names used on a day, of all parties or of some, in all forms or the `short` one: one query. In the language
    of the page and the reference language, which every party has a name in; or in every language."""
    names = PartyName.objects.filter(held_on(day))
    names = names.filter(form=Form.SHORT) if short else names.exclude(form=Form.BADGE)
    if parties is not None:
        names = names.filter(party__in=list(parties))
    if not every_language:
        names = names.filter(language__in=[get_language() or "", settings.CHARTER.reference_language])
    texts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    working: dict[tuple[str, str], set[str]] = defaultdict(set)
    for party, language, form, text, status in names.values_list("party", "language", "form", "text", "status"):
        texts[form, party][language] = text
        if status == "working":
            working[form, party].add(language)
    made = Naming()
    for (form, party), by_language in texts.items():
        getattr(made, form)[party] = LocalizedText(by_language, frozenset(working[form, party]))
    return made


def belonging(day: dt.date) -> QuerySet[Membership]:
    """The memberships that hold on a day, with their party."""
    return Membership.objects.on(day).select_related("party")


def capacity_on(party: Party, day: dt.date) -> Membership | None:
    """In which capacity a party belongs on a day."""
    return party.memberships.filter(held_on(day)).first()


def is_member(party: Party, day: dt.date) -> bool:
    membership = capacity_on(party, day)
    return membership is not None and membership.capacity == Capacity.MEMBER


def member_count(day: dt.date) -> int:
    return Membership.objects.on(day).filter(capacity=Capacity.MEMBER).count()


@dataclass(frozen=True, slots=True)
class Belongs:
    """A party as a list shows it."""

    party: Party
    name: LocalizedText
    membership: Membership


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody who belongs on a day, each group in alphabetical order of the page's language."""

    members: list[Belongs]
    observer_states: list[Belongs]
    observer_organisations: list[Belongs]
    names: Naming


def roll(day: dt.date) -> Roll:
    """The members and observers of a day: two queries."""
    names = naming(day)
    rows = [Belongs(one.party, names[one.party_id], one) for one in belonging(day)]
    rows.sort(key=lambda row: names.order(row.party.ref))
    observers = [row for row in rows if row.membership.capacity == Capacity.OBSERVER]
    return Roll(
        members=[row for row in rows if row.membership.capacity == Capacity.MEMBER],
        observer_states=[row for row in observers if row.party.kind == "state"],
        observer_organisations=[row for row in observers if row.party.kind != "state"],
        names=names,
    )


def growth(day: dt.date) -> list[tuple[Day, int, list[str]]]:
    """How the number of members changed up to a day: (day, members then, who joined), in order of time."""
    steps: dict[dt.date, list[str]] = defaultdict(list)
    days: dict[dt.date, Day] = {}
    left: dict[dt.date, int] = defaultdict(int)
    rows = Membership.objects.filter(capacity=Capacity.MEMBER, since__isnull=False).order_by("since", "party")
    for party, since, precision, ended in rows.values_list("party", "since", "since_as", "until"):
        if since <= day:
            steps[since].append(party)
            days[since] = Day(since, Precision(precision))
        if ended and ended <= day:
            left[ended] += 1
            days.setdefault(ended, Day(ended))
    count, made = 0, []
    for date in sorted(days):
        count += len(steps[date]) - left[date]
        made.append((days[date], count, steps[date]))
    return made


def party_page(ref: str) -> Party | None:
    """A party with all its names, capacities and focal points in order of time."""
    return (
        Party.objects.filter(ref=ref)
        .prefetch_related(
            Prefetch("memberships", Membership.objects.order_by(BY_TIME)),
            Prefetch("names", PartyName.objects.order_by("form", "language", BY_TIME)),
            Prefetch("focal_points", FocalPoint.objects.order_by(BY_TIME)),
        )
        .first()
    )


def find(words: str, day: dt.date, *, limit: int = 20) -> list[tuple[str, LocalizedText]]:
    """Parties whose name, of that day and in any language, or whose code holds the words."""
    wanted = alphabetical(words.strip())
    if not wanted:
        return []
    names = naming(day, every_language=True)
    found = [
        (ref, name)
        for ref, name in names.short.items()
        if wanted == ref or any(wanted in alphabetical(text) for text in name.texts.values())
    ]
    return sorted(found, key=lambda pair: names.order(pair[0]))[:limit]


def posts_on(day: dt.date) -> list[tuple[Post, list[Tenure]]]:
    """The posts of a day with who holds them on it."""
    holders = Tenure.objects.on(day).select_related("person").order_by(BY_TIME)
    posts = Post.objects.on(day).prefetch_related(Prefetch("tenures", holders, to_attr="holders"))
    return [(post, post.holders) for post in posts.order_by(BY_POSITION, "ref")]


def post_history() -> list[Post]:
    """All posts with everybody who ever held them, in order of time."""
    tenures = Tenure.objects.select_related("person").order_by(BY_TIME)
    return list(Post.objects.prefetch_related(Prefetch("tenures", tenures)).order_by(BY_POSITION, "ref"))


def person_page(ref: str) -> Person | None:
    """A person with the posts held."""
    tenures = Tenure.objects.select_related("post").order_by(LATEST_FIRST)
    return Person.objects.filter(ref=ref).prefetch_related(Prefetch("tenures", tenures)).first()


def parties_for_forms(day: dt.date) -> list[tuple[str, Any]]:
    """All parties as choices of a form, by name of the day."""
    names = naming(day)
    refs = Party.objects.values_list("ref", flat=True)
    return [(ref, str(names[ref])) for ref in sorted(refs, key=names.order)]


def called_today() -> dict[str, LocalizedText]:
    """Every party with its name of today: one query."""
    return naming(today()).short
