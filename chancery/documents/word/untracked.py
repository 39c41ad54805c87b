"""Where the text of a file without its tracked changes is not the one that is known: somebody accepted changes, or
edited without tracking. What is just what an open proposal says is that proposal."""

from collections import Counter
from dataclasses import replace

from chancery.core.text import tidy

from ..reading.remarks import Remark, Severity
from ..rules.blocks import Block
from ..rules.comparison import Change, Row, compare
from ..rules.edits import Edits, applied, carried, fine
from ..rules.proposals import ProposalKind
from . import returned
from .changes import alike
from .expected import Shown
from .ledger import Ledger
from .returned import Found, Understood


def gather(ledger: Ledger) -> None:
    after = ""
    texts = {one.id: one.text for one in ledger.file}
    for row in compare(ledger.known.blocks, _file(ledger)):
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


def _file(ledger: Ledger) -> list[Block]:
    """What stands in the file; where a paragraph stands twice, as after a move of which one end was accepted, the
    first alone."""
    met: Counter[str] = Counter()
    found = []
    for one in ledger.file:
        met[one.id] += 1
        if met[one.id] == 1 and (one.id in ledger.places or one.id.startswith("?")):
            found.append(one)
    return found


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
    edits: Edits = ()
    for it in ledger.memory.by_block.get(one.block, ()):
        if it.shown is Shown.WITHIN and it.one.ref not in ledger.seen:
            lying = carried(it.edits, one.before, text)
            if lying.held and not lying.edits and not lying.lost:
                edits += it.edits
                ledger.add("", ledger.of(it, None))
    said = applied(one.before, edits)
    if not alike(said, text):
        found = carried(fine(said, text), said, one.before)
        ledger.add("", replace(one, text=tidy(text if found.lost else applied(one.before, found.edits))))
