"""What an author leaves out in one place and adds in another has moved."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..rules.proposals import ProposalKind
from .changes import alike
from .expected import Shown
from .ledger import Entry, Ledger
from .returned import Found, Understood


def gather(ledger: Ledger) -> None:
    """Puts moves in the place of the two changes that they are made of."""
    for author, found in ledger.authors.items():
        gone = {it.one.block: it for it in found if it.one.kind is ProposalKind.DELETE and not it.one.proposal}
        left = _departed(ledger, author, gone)
        moved: dict[int, Entry] = {}
        for entry in found:
            new = entry.one.kind is ProposalKind.INSERT and not entry.one.proposal
            if new and (origin := _origin(entry, gone)):
                moved[id(entry)] = gone.pop(origin.one.block)
        left |= {id(origin) for origin in moved.values()}
        ledger.authors[author] = [
            one
            for entry in found
            if id(entry) not in left
            for one in (_moved(ledger, author, entry.one, moved[id(entry)].one) if id(entry) in moved else [entry])
        ]


def _departed(ledger: Ledger, author: str, gone: dict[str, Entry]) -> set[int]:
    """Paragraphs that are struck where an open move takes them from. One that arrives nowhere is left out now."""
    left = set()
    for ref, it in ledger.memory.by_ref.items():
        if it.departs and it.block in gone and ledger.known.voices[ref].author.strip() == author:
            entry = gone.pop(it.block)
            if ref in ledger.seen:
                left.add(id(entry))
            else:
                entry.one = replace(entry.one, status=Found.CHANGED, proposal=ref)
                ledger.seen.add(ref)
    return left


def _origin(entry: Entry, gone: Mapping[str, Entry]) -> Entry | None:
    """Where something that was added stood before: the same words, or what was moved and is most alike."""
    for one in gone.values():
        if alike(one.one.before, entry.one.text):
            return one
    words = Counter(entry.one.text.split())
    moved = [one for one in gone.values() if one.moved and entry.moved]
    likeness = {id(one): (words & Counter(one.one.before.split())).total() for one in moved}
    best = max(moved, key=lambda one: likeness[id(one)], default=None)
    return best if best and 2 * likeness[id(best)] >= words.total() else None


def _moved(ledger: Ledger, author: str, there: Understood, here: Understood) -> Iterator[Entry]:
    one = replace(here, kind=ProposalKind.MOVE, after=there.after, reason=there.reason or here.reason, at=there.at)
    if found := ledger.open_ones(here.block, author, Shown.ARRIVES):
        status = Found.KNOWN if found[0].one.after == there.after else Found.CHANGED
        one = replace(one, status=status, proposal=found[0].one.ref)
        ledger.seen.add(one.proposal)
    yield Entry(one)
    if not alike(there.text, here.before):
        yield Entry(replace(here, kind=ProposalKind.WORDS, text=there.text))
