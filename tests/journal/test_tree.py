"""The tree, held against vectors of RFC 6962 and against the RFC's definitions written out naively."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.journal import tree
from chancery.journal.tree import Frontier

# The eight leaves, the roots of their first 1 to 8, and the proofs in common use by CT implementations.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
L0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
L1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
L4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
L6 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
N23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
N45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
N67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
N47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
N01, N03 = ROOTS[1], ROOTS[3]
INCLUSIONS = [
    (0, 1, []),
    (0, 8, [L1, N23, N47]),
    (5, 8, [L4, N67, N03]),
    (2, 3, [N01]),
    (1, 5, [L0, N23, L4]),
]
CONSISTENCIES = [
    (1, 1, []),
    (1, 8, [L1, N23, N47]),
    (6, 8, [N45, N67, N03]),
    (2, 5, [N23, L4]),
    (6, 7, [N45, L6, N03]),
]

MOST = 70
SIZES = st.integers(1, MOST)
ELSE = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")


class Store:
    """What the entries of a journal store, and how often it was asked."""

    def __init__(self, leaves):
        frontier = Frontier()
        self.entries = {n: frontier.append(tree.leaf_hash(leaf)) for n, leaf in enumerate(leaves, 1)}
        self.queries = 0

    def __call__(self, numbers):
        self.queries += 1
        return {n: self.entries[n] for n in numbers}


EIGHT = Store(LEAVES)
MANY = [b"entry %d" % n for n in range(1, MOST + 1)]
JOURNAL = Store(MANY)


# RFC 9162, section 2.1, as it is written there: D[n] are the leaves, k the largest power of two below n.


def halves(leaves):
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return leaves[:k], leaves[k:]


def mth(leaves):
    if not leaves:
        return tree.EMPTY_ROOT
    if len(leaves) == 1:
        return tree.leaf_hash(leaves[0])
    left, right = halves(leaves)
    return tree.node_hash(mth(left), mth(right))


def path(m, leaves):
    if len(leaves) == 1:
        return []
    left, right = halves(leaves)
    if m < len(left):
        return [*path(m, left), mth(right)]
    return [*path(m - len(left), right), mth(left)]


def proof(m, leaves):
    return subproof(m, leaves, True) if 0 < m < len(leaves) else []


def subproof(m, leaves, whole):
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    left, right = halves(leaves)
    if m <= len(left):
        return [*subproof(m, left, whole), mth(right)]
    return [*subproof(m - len(left), right, False), mth(left)]


def hexes(hashes):
    return [node.hex() for node in hashes]


def flipped(value, bit):
    return (int.from_bytes(value) ^ 1 << bit % (8 * len(value))).to_bytes(len(value))


def damaged(hashes, which, bit):
    return [flipped(node, bit) if n == which else node for n, node in enumerate(hashes)]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert tree.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Frontier().root() == tree.root(0, EIGHT) == tree.EMPTY_ROOT


@pytest.mark.parametrize(("size", "root"), list(enumerate(ROOTS, 1)))
def test_known_roots(size, root):
    assert tree.root(size, EIGHT).hex() == root


@pytest.mark.parametrize(("index", "size", "known"), INCLUSIONS)
def test_known_inclusion_proofs(index, size, known):
    assert hexes(tree.inclusion(index, size, EIGHT)) == known


@pytest.mark.parametrize(("old", "new", "known"), CONSISTENCIES)
def test_known_consistency_proofs(old, new, known):
    assert hexes(tree.consistency(old, new, EIGHT)) == known


@pytest.mark.parametrize("size", range(MOST + 1))
def test_a_stored_tree_of_any_size_has_the_root_of_the_definition(size):
    assert tree.root(size, JOURNAL) == mth(MANY[:size])


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_inclusion_proof_of_a_size_is_that_of_the_definition_and_verifies(size):
    root = mth(MANY[:size])
    for index in range(size):
        proof_of_leaf = tree.inclusion(index, size, JOURNAL)
        assert proof_of_leaf == path(index, MANY[:size])
        assert tree.verify_inclusion(index, size, tree.leaf_hash(MANY[index]), proof_of_leaf, root)


@pytest.mark.parametrize("new", range(MOST + 1))
def test_every_consistency_proof_of_a_size_is_that_of_the_definition_and_verifies(new):
    for old in range(new + 1):
        seam = tree.consistency(old, new, JOURNAL)
        assert seam == proof(old, MANY[:new])
        assert tree.verify_consistency(old, new, mth(MANY[:old]), mth(MANY[:new]), seam)


@pytest.mark.parametrize("number", range(1, MOST + 1))
def test_an_entry_stores_the_perfect_subtrees_that_end_with_it(number):
    sizes = [2**level for level in range(number.bit_length()) if number % 2**level == 0]
    assert JOURNAL.entries[number] == b"".join(mth(MANY[number - size : number]) for size in sizes)


@given(SIZES)
def test_a_journal_is_continued_from_what_it_stores(size):
    frontier = Frontier.at(size - 1, JOURNAL)
    assert frontier.append(tree.leaf_hash(MANY[size - 1])) == JOURNAL.entries[size]
    assert frontier == Frontier.at(size, JOURNAL)


@given(SIZES, st.data())
def test_whatever_is_asked_costs_one_query(size, data):
    other = data.draw(st.integers(0, size - 1))
    for question in (
        lambda store: tree.root(size, store),
        lambda store: tree.inclusion(other, size, store),
        lambda store: tree.consistency(max(other, 1), size + 1, store),
    ):
        store = Store(MANY + [b"one more"])
        question(store)
        assert store.queries == 1


@given(SIZES, st.data(), st.integers(0, 255))
def test_an_inclusion_proof_with_any_bit_flipped_fails(size, data, bit):
    index = data.draw(st.integers(0, size - 1))
    leaf, root = tree.leaf_hash(MANY[index]), tree.root(size, JOURNAL)
    siblings = tree.inclusion(index, size, JOURNAL)
    assert not tree.verify_inclusion(index, size, flipped(leaf, bit), siblings, root)
    assert not tree.verify_inclusion(index, size, leaf, siblings, flipped(root, bit))
    for which in range(len(siblings)):
        assert not tree.verify_inclusion(index, size, leaf, damaged(siblings, which, bit), root)


@given(SIZES, st.data(), st.integers(0, 255))
def test_a_consistency_proof_with_any_bit_flipped_fails(new, data, bit):
    old = data.draw(st.integers(0, new))
    olds, news = tree.root(old, JOURNAL), tree.root(new, JOURNAL)
    seam = tree.consistency(old, new, JOURNAL)
    assert not tree.verify_consistency(old, new, flipped(olds, bit), news, seam)
    if old:
        assert not tree.verify_consistency(old, new, olds, flipped(news, bit), seam)
    for which in range(len(seam)):
        assert not tree.verify_consistency(old, new, olds, news, damaged(seam, which, bit))


@given(SIZES, st.data())
def test_a_proof_proves_no_other_place(size, data):
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(-2, MOST + 2))
    leaf, root = tree.leaf_hash(MANY[index]), tree.root(size, JOURNAL)
    siblings = tree.inclusion(index, size, JOURNAL)
    assert tree.verify_inclusion(other, size, leaf, siblings, root) == (other == index)


@given(SIZES, st.data())
def test_a_proof_of_another_length_fails(size, data):
    index = data.draw(st.integers(0, size - 1))
    leaf, root = tree.leaf_hash(MANY[index]), tree.root(size, JOURNAL)
    siblings = tree.inclusion(index, size, JOURNAL)
    for extra in (ELSE, b"", root, leaf):
        assert not tree.verify_inclusion(index, size, leaf, [extra, *siblings], root)
        assert not tree.verify_inclusion(index, size, leaf, [*siblings, extra], root)
    if siblings:
        assert not tree.verify_inclusion(index, size, leaf, siblings[:-1], root)
        assert not tree.verify_inclusion(index, size, leaf, siblings[1:], root)


@given(st.integers(2, MOST), st.data())
def test_a_consistency_proof_of_another_length_or_size_fails(new, data):
    old = data.draw(st.integers(1, new - 1))
    olds, news = tree.root(old, JOURNAL), tree.root(new, JOURNAL)
    seam = tree.consistency(old, new, JOURNAL)
    for extra in (ELSE, b"", olds, news, seam[0]):
        assert not tree.verify_consistency(old, new, olds, news, [extra, *seam])
        assert not tree.verify_consistency(old, new, olds, news, [*seam, extra])
    for wrong in ([], seam[:-1], seam[1:]):
        assert not tree.verify_consistency(old, new, olds, news, wrong)
    for wrong in {old - 1, old + 1, new, 0, -1} - {old}:
        assert not tree.verify_consistency(wrong, new, olds, news, seam)
    assert not tree.verify_consistency(new, old, olds, news, seam)
    assert not tree.verify_consistency(old, new, news, olds, seam)


def test_a_leaf_is_appended_as_its_hash():
    with pytest.raises(ValueError, match="as its hash"):
        Frontier().append(b'{"seq":1}')


def test_two_neighbours_cut_at_another_place_are_no_proof():
    left, right = (tree.leaf_hash(leaf) for leaf in LEAVES[:2])
    root = tree.node_hash(left, right)
    assert tree.node_hash(left + right[:1], right[1:]) == root
    assert not tree.verify_inclusion(0, 2, left + right[:1], [right[1:]], root)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 3), (3, 3)])
def test_a_leaf_that_is_not_there_has_no_proof(index, size):
    with pytest.raises(ValueError, match="has no leaf"):
        tree.inclusion(index, size, EIGHT)
    assert not tree.verify_inclusion(index, size, ELSE, [], ELSE)


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 3)])
def test_a_tree_does_not_continue_a_larger_one(old, new):
    with pytest.raises(ValueError, match="does not continue"):
        tree.consistency(old, new, EIGHT)
    assert not tree.verify_consistency(old, new, ELSE, ELSE, [])


def test_the_same_size_with_another_root_is_no_continuation():
    assert not tree.verify_consistency(3, 3, tree.root(3, EIGHT), ELSE, [])
    assert not tree.verify_consistency(3, 3, tree.root(3, EIGHT), tree.root(3, EIGHT), [ELSE])


def test_only_the_empty_tree_is_continued_without_proof():
    assert tree.verify_consistency(0, 3, tree.EMPTY_ROOT, tree.root(3, EIGHT), [])
    assert not tree.verify_consistency(0, 3, ELSE, tree.root(3, EIGHT), [])
    assert not tree.verify_consistency(0, 3, tree.EMPTY_ROOT, tree.root(3, EIGHT), [ELSE])
