"""What is asked of documents, their texts and what bodies decided of them, beyond single cells: a text has the shape
of one, and what belongs together says the same."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from chancery.core.charter import Charter
from chancery.core.refusals import Refusal
from chancery.core.tables import BadCell, clean
from chancery.decisions.rules import Manner
from chancery.documents.rules import blocks, symbols
from chancery.documents.rules.blocks import BlockKind

from .shapes import walk

if TYPE_CHECKING:
    from .record import Row

Rows = Mapping[str, Mapping[str, "Row"]]
Fault = tuple["Row", str, str]
"""A row, the column or the place inside its file, and the reason."""

_ID = re.compile(r"b[1-9][0-9]{0,8}")
_BLOCKS = [{"id": _ID, "kind": tuple(kind.value for kind in BlockKind), "text": str}]
_ITSELF = (("document_relations", "document_id", "other_id"), ("decision_links", "decision_id", "other_id"),
           ("decisions", "ref", "recommendation_id"))  # fmt: skip


def faults(rows: Rows, charter: Charter) -> Iterator[Fault]:
    """All that is wrong with the documents and decisions of a record."""
    yield from _documents(rows, charter)
    yield from _versions(rows)
    yield from _translations(rows)
    yield from _decisions(rows)
    for table, one, other in _ITSELF:
        for row in rows[table].values():
            if row.values.get(one) and row.values.get(one) == row.values.get(other):
                yield row, other.removesuffix("_id"), "names itself"


def _documents(rows: Rows, charter: Charter) -> Iterator[Fault]:
    given = {ref: row.values.get("symbol", "") for ref, row in rows["documents"].items()}
    for _symbol, (first, *others) in symbols.duplicates(given):
        yield from ((rows["documents"][ref], "symbol", f"is that of “{first}”, too") for ref in others)
    for row in rows["documents"].values():
        route = row.values.get("route")
        if route and route not in charter.routes:
            yield row, "route", f"“{route}” is not a route of the charter"
        if row.values.get("embargo") and not row.values.get("released_as"):
            yield row, "released_as", "must say what it becomes when the embargo ends"


def _versions(rows: Rows) -> Iterator[Fault]:
    for row in rows["versions"].values():
        document = _row(rows, "documents", row.values.get("document_id"))
        if document and document.get("language") != row.values.get("language"):
            yield row, "language", f"differs from that of its document, {document.get('language')}"
        if "blocks" in row.values:
            yield from ((row, f"blocks{path}", reason) for path, reason in text_faults(row.values["blocks"]))


def text_faults(kept: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the blocks of a version: where, and why."""
    found = list(walk(kept, _BLOCKS, ""))
    if not found:
        found = [(f"[{at}].text", reason) for at, one in enumerate(kept) for reason in _unclean(one["text"])]
    yield from found
    if not found:
        try:
            blocks.check(blocks.read(kept))
        except Refusal as refusal:
            yield "", refusal.english


def _translations(rows: Rows) -> Iterator[Fault]:
    for row in rows["translations"].values():
        version = _row(rows, "versions", row.values.get("version_id"))
        if version and version.get("language") == row.values.get("language"):
            yield row, "language", "is that of the text itself"
        texts = row.values.get("texts", {})
        if not isinstance(texts, dict):
            yield row, "texts", "must be an object with the words of each paragraph"
            continue
        known = _ids(version)
        for block, words in texts.items():
            if known is not None and block not in known:
                yield row, f"texts.{block}", "is not a paragraph of the version"
            elif not isinstance(words, str):
                yield row, f"texts.{block}", "must be a text"
            else:
                yield from ((row, f"texts.{block}", reason) for reason in _unclean(words))


def _ids(version: Mapping[str, Any] | None) -> set[str] | None:
    """The ids of the blocks of a version; None where they cannot be told."""
    kept = version.get("blocks") if version else None
    if not isinstance(kept, list) or not all(isinstance(one, dict) for one in kept):
        return None
    return {str(one.get("id")) for one in kept}


def _unclean(words: str) -> Iterator[str]:
    if len(words) > blocks.LONGEST:
        yield f"has {len(words)} characters; at most {blocks.LONGEST} are kept"
    try:
        clean(words)
    except BadCell as problem:
        yield problem.english


def _decisions(rows: Rows) -> Iterator[Fault]:
    for row in rows["decisions"].values():
        version = _row(rows, "versions", row.values.get("version_id"))
        if version and version.get("document_id") != row.values.get("document_id"):
            yield row, "version", "is not a version of the document that the decision names"
        if row.values.get("expired") and row.values.get("manner") != Manner.SILENCE:
            yield row, "expired", "is only known of a decision taken by silence"
    for row in rows["statements"].values():
        if not row.values.get("parties"):
            yield row, "parties", "must not be empty"
    for row in rows["undertakings"].values():
        table, _, ref = str(row.values.get("addressee", "")).partition(":")
        if row.values.get("addressee") != "secretariat" and not (
            table in ("parties", "bodies") and ref in rows[table]
        ):
            reason = "is neither “secretariat” nor a party (parties:xa) or body (bodies:soc) of the record"
            yield row, "addressee", reason
        decision = _row(rows, "decisions", row.values.get("decision_id")) or {}
        known = _ids(_row(rows, "versions", decision.get("version_id")))
        if known is not None and row.values.get("block") and row.values["block"] not in known:
            yield row, "block", "is not a paragraph of the text that was decided"


def _row(rows: Rows, table: str, ref: str | None) -> Mapping[str, Any] | None:
    row = rows[table].get(ref or "")
    return row.values if row else None
