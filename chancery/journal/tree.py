"""The Merkle tree over the journal (RFC 9162, section 2.1, the same tree as RFC 6962): pure functions.

Entries are numbered from 1, leaves are indexed from 0: entry n is leaf n - 1.

**What is stored.** Entry n completes a perfect subtree of 2^level leaves for every level at which 2^level
divides n. It stores the hashes of these subtrees one after the other, its own leaf hash (level 0) first: the
subtree of 2^level leaves that ends with entry n is at offset 32 x level of what n stores. A hash is thus
written once, beside the entry that makes it final, and never changes. Every root and proof of every size is
put together from these, out of a number of entries that grows with the logarithm of the size.

**How it is read.** A function that needs stored hashes takes `fetch` and calls it once, with the numbers of
all the entries it needs, so that it costs one query.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

SIZE = 32
EMPTY_ROOT = sha256().digest()

Fetch = Callable[[list[int]], Mapping[int, bytes]]
"""Entry numbers to what these entries store."""

Range = tuple[int, int]
"""Leaves start..end-1 which are one subtree of the tree, perfect or at its ragged right edge."""


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """The right edge of a tree that grows: its size and the perfect subtrees it is made of, largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    @classmethod
    def at(cls, size: int, fetch: Fetch) -> "Frontier":
        """Return the frontier as it was after entry `size`."""
        subtrees = list(_subtrees(0, size))
        stored = fetch([number for number, _ in subtrees])
        return cls(size, [_stored(stored, *subtree) for subtree in subtrees])

    def append(self, leaf: bytes) -> bytes:
        """Add the next leaf, given as its hash, and return what its entry stores.

        Raises ValueError for anything but a hash, such as the bytes of the leaf itself.
        """
        if len(leaf) != SIZE:
            raise ValueError(f"a leaf is appended as its hash of {SIZE} bytes, not {len(leaf)}")
        node = completed = leaf
        size = self.size
        while size & 1:
            node = sha256(b"\x01" + self.peaks.pop() + node).digest()
            completed += node
            size >>= 1
        self.peaks.append(node)
        self.size += 1
        return completed

    def root(self) -> bytes:
        return _join(self.peaks) if self.peaks else EMPTY_ROOT


def root(size: int, fetch: Fetch) -> bytes:
    """Return the root of the tree of the first `size` entries."""
    return Frontier.at(size, fetch).root()


def inclusion(index: int, size: int, fetch: Fetch) -> list[bytes]:
    """Return the path that proves leaf `index` to be in the tree of `size` leaves (RFC 9162, 2.1.3.1).

    Raises ValueError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    return _hashes(_siblings(index, size), fetch)


def consistency(old: int, new: int, fetch: Fetch) -> list[bytes]:
    """Return the path that proves the tree of `new` leaves to begin with that of `old` (RFC 9162, 2.1.4.1).

    The path is empty when the trees are the same or the old one is empty. Raises ValueError unless
    0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves does not continue one of {old}")
    if old in (0, new):
        return []
    edge, *siblings = _seam(old, new)
    return _hashes(siblings if _is_whole(edge) else [edge, *siblings], fetch)


def verify_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> bool:
    """Say whether `path` proves that leaf `index` of the tree with this size and root has this leaf hash."""
    if not 0 <= index < size or not _are_hashes(leaf, *path):
        return False
    siblings = _siblings(index, size)
    if len(siblings) != len(path):
        return False
    node = leaf
    for (_, end), sibling in zip(siblings, path, strict=True):
        node = node_hash(sibling, node) if end <= index else node_hash(node, sibling)
    return node == root


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether `path` proves that the tree with the new root begins with the tree with the old root."""
    if not 0 <= old_size <= new_size or not _are_hashes(old_root, new_root, *path):
        return False
    if old_size == new_size:
        return not path and old_root == new_root
    if old_size == 0:
        return not path and old_root == EMPTY_ROOT
    edge, *siblings = _seam(old_size, new_size)
    if _is_whole(edge):
        path = [old_root, *path]
    if len(path) != 1 + len(siblings):
        return False
    old = new = path[0]
    for (start, _), sibling in zip(siblings, path[1:], strict=True):
        if start < old_size:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
        else:
            new = node_hash(new, sibling)
    return old == old_root and new == new_root


def _siblings(index: int, size: int) -> list[Range]:
    """Return the subtrees beside the way from leaf `index` up to the root."""
    start, end, siblings = 0, size, []
    while end - start > 1:
        middle = _middle(start, end)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    return siblings[::-1]


def _seam(old: int, new: int) -> list[Range]:
    """Return the subtree in which a tree of `old` leaves ends, then those beside its way up to the new root.

    The subtrees left of the way belong to both trees, those right of it to the new tree alone.
    """
    start, end, siblings = 0, new, []
    while end != old:
        middle = _middle(start, end)
        if old <= middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    return [(start, old), *siblings[::-1]]


def _is_whole(edge: Range) -> bool:
    """Say whether the old tree is one perfect subtree of the new: a proof then leaves out its known root."""
    return edge[0] == 0


def _middle(start: int, end: int) -> int:
    """Return where a subtree of two leaves or more divides: after the largest power of two it exceeds."""
    return start + (1 << ((end - start - 1).bit_length() - 1))


def _subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the perfect subtrees of a range, left to right: the entry that completed each, and its level."""
    while start < end:
        level = (end - start).bit_length() - 1
        start += 1 << level
        yield start, level


def _hashes(ranges: list[Range], fetch: Fetch) -> list[bytes]:
    made_of = [list(_subtrees(start, end)) for start, end in ranges]
    stored = fetch([number for subtrees in made_of for number, _ in subtrees])
    return [_join([_stored(stored, *subtree) for subtree in subtrees]) for subtrees in made_of]


def _stored(stored: Mapping[int, bytes], number: int, level: int) -> bytes:
    return stored[number][SIZE * level : SIZE * (level + 1)]


def _join(subtrees: Sequence[bytes]) -> bytes:
    node = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        node = node_hash(left, node)
    return node


def _are_hashes(*values: bytes) -> bool:
    # Two neighbours of other lengths could be cut at another place and hash to the same node.
    return all(len(value) == SIZE for value in values)
