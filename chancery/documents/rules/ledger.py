"""The ledger of a text under negotiation: what is still open and with whom, counted from its proposals.

A round is a circulated version, by its position: what was made on it was tabled in that round, and what was settled
while it was the last one ended in it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .proposals import OPEN, ProposalKind, ProposalStatus

SHORT = dt.timedelta(days=2)  # what happened within that time is drawn by the hour, anything longer by the day


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal as the ledger counts it. `parties` propose it (or `chair`), `supporters` support it. `round` is the
    one in which it was tabled; `ended` and `settled` the round and the instant of its status, where that is another
    than tabled. One that is agreed ad referendum is open still."""

    ref: str
    number: int
    kind: ProposalKind
    block: str
    parties: tuple[str, ...]
    supporters: tuple[str, ...]
    status: ProposalStatus
    body: str
    round: int
    at: dt.datetime
    ended: int | None = None
    settled: dt.datetime | None = None

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def closed(self) -> dt.datetime | None:
        """When it left the brackets."""
        return None if self.open else self.settled

    def left_in(self, place: int) -> bool:
        """Whether it was open at the end of a round."""
        return self.round <= place and (self.open or self.ended is None or self.ended > place)


# ------------------------------------------------------------------------------------------------------- counting
def open_by(lines: Iterable[Line], keys: Callable[[Line], Iterable[str]]) -> dict[str, list[Line]]:
    """The open proposals under each of their keys: their paragraph, their parties, their body."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.open:
            for key in keys(line):
                found[key].append(line)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Round:
    """What happened in a round: how many proposals were tabled, how many ended and how, and how many were `left` open
    at its end."""

    place: int
    tabled: int
    ended: Mapping[ProposalStatus, int]
    left: int


ENDS = (ProposalStatus.AGREED, ProposalStatus.NOT_RETAINED, ProposalStatus.WITHDRAWN, ProposalStatus.MERGED)
"""How a proposal leaves the brackets."""


def rounds(lines: Sequence[Line], last: int) -> list[Round]:
    """Every round from the first to the `last`. One that was taken up again counts as open since it was tabled."""
    tabled = Counter(one.round for one in lines)
    ended = Counter((one.ended, one.status) for one in lines if not one.open)
    return [
        Round(
            place, tabled[place], {status: ended[place, status] for status in ENDS},
            sum(one.left_in(place) for one in lines),
        )
        for place in range(1, last + 1)
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------- what is asked for
BRACKETS, SETTLED = "brackets", "settled"  # all statuses that are open, and all that are not
PENDING, MOVED = "pending", "moved"  # open, and not translated or on words that moved on: whoever asks for it, knows
IN_BRACKETS = (BRACKETS, PENDING, MOVED)


def answers(line: Line, asked: Mapping[str, str]) -> bool:
    """Whether a proposal answers to what is asked for, each part if it is given: the `paragraph`, a `party` that
    proposes it, its `status` (or `brackets`, `settled` …), the `round` in which it was tabled, the one in which it
    `ended`, one at whose end it was `left` open, and the `body` before which the text was."""
    status, ended, left = asked.get("status"), asked.get("ended"), asked.get("left")
    return (
        asked.get("paragraph") in (None, "", line.block)
        and (not asked.get("party") or asked["party"] in line.parties)
        and (not status or status == line.status or status in (IN_BRACKETS if line.open else (SETTLED,)))
        and asked.get("round") in (None, "", str(line.round))
        and (not ended or (not line.open and ended == str(line.ended)))
        and (not left or line.left_in(int(left)))
        and asked.get("body") in (None, "", line.body)
    )


# ------------------------------------------------------------------------------------------------------ over time
@dataclass(frozen=True, slots=True)
class Course:
    """How many proposals were open at the end of each stretch of time (an hour if `hourly`, else a day at the seat) in
    which that number changed: the beginning of the stretch, and the number. It goes on `until` now, or until the last
    of them was closed."""

    hourly: bool
    points: tuple[tuple[dt.datetime, int], ...]
    until: dt.datetime

    @property
    def most(self) -> int:
        return max((number for _, number in self.points), default=0)


def course(lines: Sequence[Line], zone: dt.tzinfo, now: dt.datetime) -> Course:
    """The open proposals over time, as they were tabled and left the brackets."""
    moves = [(one.at, 1) for one in lines]
    moves += [(one.closed, -1) for one in lines if one.closed]
    instants = [at for at, _ in moves] or [now]
    until = now if any(one.open for one in lines) else max(instants)
    hourly = until - min(instants) <= SHORT
    change: Counter[dt.datetime] = Counter()
    for at, by in moves:
        change[stretch(at, zone, hourly=hourly)] += by
    points, number = [], 0
    for began in sorted(change):
        number += change[began]
        if not points or points[-1][1] != number:
            points.append((began, number))
    return Course(hourly, tuple(points), until)


def stretch(at: dt.datetime, zone: dt.tzinfo, *, hourly: bool) -> dt.datetime:
    """The beginning of the hour, or of the day at the seat, in which an instant lies."""
    local = at.astimezone(zone)
    began = local.replace(minute=0, second=0, microsecond=0)
    return began if hourly else began.replace(hour=0)


# ---------------------------------------------------------------------------------------------- who has not spoken
def spoken(
    lines: Iterable[Line], words: Iterable[tuple[str, str]], now: int, blocks: Iterable[str]
) -> dict[str, set[str]]:  # fmt: skip
    """Who has spoken on each of the `blocks`, and of the text as a whole (the empty one), in the round `now`: who said
    something of it (`words`: paragraph and party), who proposed on it in this round, and who stands behind an open
    proposal, since nothing says when a party joined it."""
    found: dict[str, set[str]] = {block: set() for block in ("", *blocks)}
    for block, party in words:
        if block in found:
            found[block].add(party)
    for line in lines:
        if line.block in found:
            found[line.block].update(line.parties if line.open or line.round == now else ())
            found[line.block].update(line.supporters if line.open else ())
    return found


def silent(members: Iterable[str], said: Mapping[str, Iterable[str]]) -> set[str]:
    """The members that have spoken on none of the paragraphs, nor of the text as a whole."""
    return set(members).difference(*said.values())
