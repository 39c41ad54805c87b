"""What proves a decision or the course of a silence: the entries of the journal, and bundles made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Model, Q

from chancery.core import tables
from chancery.documents.models import Version
from chancery.documents.queries import access
from chancery.journal import queries as journal
from chancery.journal import witnesses
from chancery.journal.bundle import Bundle
from chancery.journal.models import Checkpoint, Entry
from chancery.journal.queries import Inclusion
from chancery.journal.tree import verify_inclusion
from chancery.people import policy

from ..models import Decision, Silence
from .silence import Followed

_DECIDING = ("decisions.adopt", "decisions.close-silence", "decisions.record", "decisions.publish")


def deciding(decision: Decision) -> Entry | None:
    """The entry by which a decision is proven: the act that took it, recorded it or made it public, or the load it
    came with. Of one that is not public it is a private entry, for those who may read the decision."""
    of_it = {"subject": f"decisions:{decision.ref}"}
    acts = Entry.objects.filter(act__in=_DECIDING, is_public=decision.is_public).order_by("seq")
    if decision.is_public:
        act = acts.filter(mentions__subject=of_it["subject"], mentions__tells=True).first()
        seq = None if act else witnesses.telling("decisions", decision.ref)
        return act or Entry.objects.filter(pk=seq).first()
    silence = Silence.objects.filter(decision=decision).values_list("ref", flat=True).first()
    about = Q(mentions__subject=of_it["subject"]) | Q(mentions__subject=f"silences:{silence}")
    return acts.filter(about if silence else Q(mentions__subject=of_it["subject"])).distinct().first()


@dataclass(frozen=True)
class Seal:
    """How an entry is sealed: its number, and whether the journal proves it under a signed head."""

    entry: Entry

    @cached_property
    def head(self) -> Checkpoint | None:
        """The latest signed head, if the entry is under one."""
        latest = journal.checkpoint()
        return latest if latest and latest.size >= self.entry.seq else None

    @cached_property
    def proof(self) -> Inclusion | None:
        return journal.inclusion(self.entry.seq, self.head.size) if self.head else None

    @property
    def included(self) -> bool:
        """Whether the path from the entry leads to the root of the signed head, computed anew."""
        one = self.proof
        return bool(one) and verify_inclusion(one.seq - 1, one.size, one.leaf, one.path, one.root)  # type: ignore[union-attr]

    @property
    def leaf(self) -> str:
        """The hash of the entry in the tree."""
        return grouped(journal.nodes([self.entry.seq])[self.entry.seq][:32].hex())


def grouped(digest: str) -> str:
    """A hash in groups that an eye can compare."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def text_for(person: Any, version: Version | None) -> Version | None:
    """The text that was decided, for somebody who may read it."""
    if version and policy.may(person, "documents.read", access.audience(version.document)):
        return Version.objects.select_related("document").get(pk=version.pk)  # with its blocks
    return None


def told_by(entry: Entry) -> list[Decision]:
    """The public decisions that an act told."""
    told = entry.mentions.filter(tells=True, subject__startswith="decisions:").values_list("subject", flat=True)
    return _public(subject.removeprefix("decisions:") for subject in told)


def public_decision(ref: str) -> Decision | None:
    return next(iter(_public([ref])), None)


def _public(refs: Iterable[str]) -> list[Decision]:
    """Those of some decisions that are public, in time."""
    related = ("body", "document", "version", "recommendation__document")
    found = Decision.objects.filter(ref__in=list(refs)).select_related(*related).order_by("taken", "ref")
    return [one for one in found if one.is_public]


# ---------------------------------------------------------------- bundles
def of_decision(decision: Decision, person: Any) -> Bundle | None:
    """The bundle of a decision for somebody who may read it: the entry that decided, its text if that may be read, and
    what was attached to it. None where no entry tells it. Raises `NotSignedYet`."""
    entry = deciding(decision)
    if entry is None:
        return None
    text = text_for(person, decision.version)
    shown: list[tuple[int, Model]] = [(entry.seq, decision)]
    if text and (seq := witnesses.telling("versions", text.ref)):
        shown.append((seq, text))
    for statement in decision.statements.order_by("ref"):
        if seq := witnesses.telling("statements", statement.ref):
            shown.append((seq, statement))
    attached = Entry.objects.filter(
        mentions__subject=f"decisions:{decision.ref}", act="decisions.attach-statement", is_public=False
    )
    hidden = set() if decision.is_public else set(attached.values_list("seq", flat=True))
    private = hidden | (set() if entry.is_public else {entry.seq})
    return witnesses.bundle(
        entry.seq, {*hidden, *(seq for seq, _fact in shown)}, private=private, shown=_rows(shown), text=_canonical(text)
    )


def of_silence(followed: Followed) -> Bundle | None:
    """The bundle of a silence: the entries about it that the reader may know of, and the frozen text. It is about the
    one that ended it, or else opened it. Raises `NotSignedYet`."""
    line = followed.closed or followed.opened
    if line is None:
        return None
    entries = [one.entry for one in followed.entries]
    private = [one.seq for one in entries if not one.is_public]
    text = text_for(followed.person, followed.silence.version)
    return witnesses.bundle(line.entry.seq, [one.seq for one in entries], private=private, text=_canonical(text))


def _rows(shown: Iterable[tuple[int, Model]]) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    """Rows in full, by the entry that tells them."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for seq, fact in shown:
        table = tables.table_of(type(fact))
        row = {"table": table.name, "ref": str(fact.pk), "row": table.row(fact, settings.CHARTER.languages)}
        found.setdefault(seq, []).append(row)
    return found


def _canonical(version: Version | None) -> Mapping[str, Any] | None:
    """A text as its digest is made of it."""
    return {"blocks": version.blocks, "language": version.language} if version else None
