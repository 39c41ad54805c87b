"""Where the text of a file without its tracked changes is not the one that is known: somebody accepted changes, or
edited without tracking. What is just what an open proposal says is that proposal."""

from collections.abc import Sequence
from dataclasses import replace

from chancery.core.text import tidy

from ..reading.remarks import Remark, Severity
from ..rules.blocks import Block
from ..rules.comparison import Change, Row, compare
from ..rules.edits import Edits, applied, carried, fine
from ..rules.proposals import ProposalKind
from . import returned
from .changes import alike
from .expected import Expected, Shown
from .ledger import Ledger
from .returned import Found, Understood


def gather(ledger: Ledger) -> None:
    after = ""
    known, file = _with_moves(ledger)
    texts = {one.id: one.text for one in file}
    for row in compare(known, file):
        one = Understood(
            ledger.language, ProposalKind.WORDS, row.id, Found.NEW, block_kind=row.kind,
            before=ledger.block(row.id).text,
        )  # fmt: skip
        if row.change is Change.REMOVED:
            _as_open(ledger, replace(one, kind=ProposalKind.DELETE), Shown.WHOLE)
        elif row.change is Change.ADDED:
            _added(ledger, replace(one, kind=ProposalKind.INSERT, block="", before="", after=after), texts[row.id])
        else:
            _kept(ledger, row, one, after, texts[row.id])
            after = row.id
    if ledger.authors.get(""):
        ledger.remarks.insert(0, Remark(Severity.UNSURE, returned.UNTRACKED, 0))


def _with_moves(ledger: Ledger) -> tuple[list[Block], list[Block]]:
    """The text that is known and that of the file, with the moves that were accepted in both. A paragraph that still
    stands where it was has not moved, though it stands there too."""
    known, file = list(ledger.known.blocks), list(ledger.file)
    there = {one.id for one in file}
    for shift, (ref, at, block) in enumerate(ledger.arrived):
        ledger.add("", ledger.of(ledger.memory.by_ref[ref], None))
        if block.id in there:
            file.insert(at + shift, Block("", block.kind, ""))  # the places of the others stay as they are
            continue
        there.add(block.id)
        file.insert(at + shift, block)
        before = next((one.id for one in reversed(file[: at + shift]) if one.id in ledger.places), "")
        known.remove(ledger.block(block.id))
        known.insert(next((place for place, one in enumerate(known, 1) if one.id == before), 0), ledger.block(block.id))
    return known, [one for one in file if one.id in ledger.places or one.id.startswith("?")]


def _kept(ledger: Ledger, row: Row, one: Understood, after: str, text: str) -> None:
    if row.change in (Change.MOVED, Change.MOVED_AND_CHANGED):
        _as_open(ledger, replace(one, kind=ProposalKind.MOVE, after=after), Shown.ARRIVES)
    if row.change in (Change.CHANGED, Change.MOVED_AND_CHANGED):
        _typed_over(ledger, one, text)


def _as_open(ledger: Ledger, one: Understood, shown: Shown) -> None:
    for it in ledger.memory.by_block.get(one.block, ()):
        if it.shown is shown and it.one.ref not in ledger.seen:
            ledger.add("", ledger.of(it, None))
            return
    ledger.add("", one)


def _added(ledger: Ledger, one: Understood, text: str) -> None:
    for it in ledger.memory.by_ref.values():
        if it.shown in (Shown.ADDED, Shown.BESIDE) and it.one.ref not in ledger.seen and alike(it.text, text):
            ledger.add("", ledger.of(it, None))
            return
    ledger.add("", replace(one, text=text))


def _typed_over(ledger: Ledger, one: Understood, text: str) -> None:
    within = [
        it for it in ledger.memory.by_block.get(one.block, ())
        if it.shown is Shown.WITHIN and it.one.ref not in ledger.seen
    ]  # fmt: skip
    if not alike(_all(one.before, within), text):
        within = [it for it in within if _is_said(it.edits, one.before, text)]
    for it in within:
        ledger.add("", ledger.of(it, None))
    said = _all(one.before, within)
    if not alike(said, text):
        found = carried(fine(said, text), said, one.before)
        ledger.add("", replace(one, text=tidy(text if found.lost else applied(one.before, found.edits))))


def _all(before: str, some: Sequence[Expected]) -> str:
    """The words with some open proposals, which stand apart from each other."""
    return applied(before, [edit for it in some for edit in it.edits])


def _is_said(edits: Edits, before: str, text: str) -> bool:
    lying = carried(edits, before, text)
    return bool(lying.held and not lying.edits and not lying.lost)
