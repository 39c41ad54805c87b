"""Bundles made of the journal that is kept here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from chancery.core.refusals import Refusal, sentence

from . import queries, rows
from .bundle import Bundle, Witness
from .leaf import instant, private_hash, public_hash
from .models import Checkpoint, Entry, Manifest, Mention

Row = tuple[str, str]
"""A row by table and reference."""


class NotSignedYet(Refusal):
    """A bundle proves what a signed head vouches for."""

    sentence = sentence("Entry {seq} is not under a signed head yet. The clock signs the next one shortly; come back.")
    status = 503


def telling(table: str, ref: str) -> int | None:
    """The last public entry that tells how a row stands: the act that wrote it, or the load; None if there is none."""
    told = Mention.objects.filter(subject=f"{table}:{ref}", tells=True, entry__is_public=True)
    found = told.order_by("-entry").values_list("entry", flat=True).first()
    for seq in Manifest.objects.filter(entry__gt=found or 0).order_by("-entry").values_list("entry", flat=True):
        if any((one, other) == (table, ref) for one, other, _digest in rows.unpack(queries.manifest(seq) or b"")):
            return int(seq)
    return found


def signed(seq: int) -> Checkpoint | None:
    """The first signed head that an entry is under: the same for ever. None while nobody has signed it."""
    return Checkpoint.objects.filter(size__gte=seq).order_by("size").first()


def bundle(
    entry: int,
    others: Iterable[int] = (),
    *,
    private: Collection[int] = (),
    shown: Mapping[int, Sequence[Mapping[str, Any]]] | None = None,
    text: Mapping[str, Any] | None = None,
) -> Bundle:
    """The bundle about an entry. `others` are entries that go with it, `private` those of them that are given with
    their private part: to be asked for only on behalf of somebody who may read them. `shown` are rows in full that a
    load wrote, by its entry. Raises `NotSignedYet`."""
    told = Entry.objects.in_bulk({entry, *others})
    heads = {seq: _head(seq) for seq in told}
    keys = Entry.objects.filter(mentions__subject=queries.KEY, act="journal.rotate-key")
    for one in keys.filter(seq__lte=max(head.size for head in heads.values())):
        told[one.seq], heads[one.seq] = one, _head(one.seq)
    loads = [seq for seq in shown or {} if queries.manifest(seq) is not None]
    return Bundle(
        entry=entry,
        key=queries.vkeys()[-1].vkey,
        witnesses=[_witness(told[seq], heads[seq].size, private=seq in private) for seq in sorted(told)],
        heads={head.size: head.note for head in heads.values()},
        manifests={seq: queries.manifest(seq) or b"" for seq in loads},
        rows={seq: (shown or {})[seq] for seq in loads},
        text=text,
    )


def _head(seq: int) -> Checkpoint:
    found = signed(seq)
    if found is None:
        raise NotSignedYet(seq=seq)
    return found


def _witness(entry: Entry, size: int, *, private: bool) -> Witness:
    shown, hidden = entry.public.encode(), entry.private.encode()
    path = queries.inclusion(entry.seq, size).path
    if private:
        other = public_hash(bytes(entry.public_salt), shown)
        return Witness(entry.seq, instant(entry.at), False, entry.private, bytes(entry.private_salt), other, size, path)
    other = private_hash(bytes(entry.private_salt), hidden)
    return Witness(entry.seq, instant(entry.at), True, entry.public, bytes(entry.public_salt), other, size, path)
