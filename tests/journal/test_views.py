"""The journal's pages, and what machines read of it."""

import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from chancery.journal import acts, note, panel, queries, tree, words
from chancery.parties.models import Party


@pytest.fixture(autouse=True)
def key_file(tmp_path, settings):
    settings.KEY_FILE = tmp_path / "journal.key"


def seal(act="practice.try", **more):
    with acts.recording():
        return acts.seal(act, **{"by": "secretariat", **more})


def enter(ref, **cells):
    party, _ = Party.objects.update_or_create(ref=ref, defaults={"kind": "state", "source": "s", **cells})
    return seal("parties.enter", facts=[party])


def get(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer


def data(client, address):
    return json.loads(get(client, address).content)


def test_the_list_tells_public_entries_and_counts_the_others(db, client):
    seal("practice.first")
    seal(public=False)
    seal(public=False)
    seal("journal.announce-key", said={"new": "k"})
    page = get(client, "/en/journal/").content.decode()
    assert "Practice: first" in page
    assert "The key that signs this journal was announced" in page
    assert "2 entries that are not public" in page
    seal(public=False)  # the public head did not move, so that the page may not show this one either
    assert get(client, "/en/journal/").content == page.encode()


def test_the_list_is_paged(db, client):
    for number in range(60):
        seal(f"practice.number-{number}", public=number % 10 != 9)
    first = get(client, "/en/journal/").content.decode()
    assert "number 58<" in first
    assert "number 3<" not in first
    lines, before = queries.page(limit=20)
    later = [line.entry.seq for line in lines]
    lines, _ = queries.page(before, limit=20)
    assert [line.entry.seq for line in lines][0] < later[-1]
    assert queries.later(before, limit=20) == later[0] + 1
    seen, below = [], None
    while True:
        lines, below = queries.page(below, limit=7)
        seen += [line.entry.seq for line in lines]
        if below is None:
            break
    assert seen == list(queries.public().values_list("seq", flat=True))
    assert get(client, f"/en/journal/?before={before}").content
    get(client, "/en/journal/?before=x", 404)


def test_private_entries_between_pages_are_counted_once(db):
    for number in range(20):
        seal(public=number % 4 == 3)
    counted, below = 0, None
    while True:
        lines, below = queries.page(below, limit=2)
        counted += sum(line.private for line in lines)
        if below is None:
            break
    assert counted == 15


def test_an_entry_shows_what_it_decided_beside_what_was_before(db, client):
    first = enter("zz", iso2="YY")
    seal("practice.mention", subjects=["parties:zz"])
    second = enter("zz", iso2="ZZ")
    acts.checkpoint()
    page = get(client, f"/en/journal/{second.seq}/").content.decode()
    assert "<del><bdi>YY</bdi></del>" in page
    assert "<ins><bdi>ZZ</bdi></ins>" in page
    assert f'href="/en/journal/{first.seq}/"' in page
    assert "<del>" not in get(client, f"/en/journal/{first.seq}/").content.decode()
    with acts.recording():
        last = acts.seal("parties.leave", by="chair", removed=[Party.objects.get()])
    page = get(client, f"/en/journal/{last.seq}/").content.decode()
    assert "was taken out of the record" in page
    assert "ZZ" in page


def test_what_an_entry_says_is_escaped(db, client):
    entry = seal(said={"<b>": "<script>alert(1)</script>", "deep": {"er": ["<i>", 1]}}, subjects=["x:<u>"])
    page = get(client, f"/en/journal/{entry.seq}/").content.decode()
    assert "&lt;script&gt;" in page
    assert not any(tag in page for tag in ("<script>alert", "<b>:", "<i>,", "<u>"))


def test_an_entry_before_and_after_its_head_is_signed(db, client):
    entry = seal()
    assert "No head that holds this entry" in get(client, f"/en/journal/{entry.seq}/").content.decode()
    acts.checkpoint()
    page = get(client, f"/en/journal/{entry.seq}/").content.decode()
    assert queries.inclusion(1, 2).root.hex() in page
    assert queries.inclusion(1, 2).path[0].hex() in page


def test_every_proof_the_pages_give_is_right(db, client):
    count = 21
    for number in range(count - 1):
        seal(public=number % 2 == 0)
    signed = acts.checkpoint()
    assert signed.size == count
    roots, leaves = {}, {}
    for seq in range(1, count + 1):
        for size in range(seq, count + 1):
            proof = data(client, f"/journal/proof/{seq}.json?size={size}")
            leaf, root = bytes.fromhex(proof["leaf"]), bytes.fromhex(proof["root"])
            path = [bytes.fromhex(node) for node in proof["path"]]
            assert tree.verify_inclusion(seq - 1, size, leaf, path, root)
            assert roots.setdefault(size, root) == root
            assert leaves.setdefault(seq, leaf) == leaf
    frontier = tree.Frontier()
    for size in range(1, count + 1):
        frontier.append(leaves[size])
        assert frontier.root() == roots[size]
    for old in range(1, count + 1):
        for new in range(old, count + 1):
            proof = data(client, f"/journal/consistency/{old}/{new}.json")
            path = [bytes.fromhex(node) for node in proof["path"]]
            assert tree.verify_consistency(old, new, roots[old], roots[new], path)
    head = note.Checkpoint.parse(signed.note.rpartition("\n\n")[0] + "\n")
    assert (head.size, head.root) == (count, roots[count])
    assert data(client, "/journal/proof/3.json")["checkpoint"] == signed.note


def test_addresses_that_name_nothing(db, client):
    get(client, "/journal/checkpoint", 204)  # a 404 would lead on to the page of that name
    for address in ("/journal/proof/1.json", "/journal/entry/1.json", "/en/journal/1/"):
        get(client, address, 404)
    seal()
    acts.checkpoint()
    for address in (
        "/journal/checkpoints/1", "/journal/checkpoints/3", "/journal/proof/3.json",
        "/journal/proof/2.json?size=1",
        "/journal/proof/1.json?size=3", "/journal/proof/1.json?size=-1", "/journal/proof/1.json?size=0",
        "/journal/consistency/2/1.json", "/journal/consistency/1/3.json", "/journal/entry/0.json",
        "/journal/entry/01.json", "/journal/entry/9999999999999999999.json", "/en/journal/3/",
        "/journal/entries.json?after=1e3",
    ):  # fmt: skip
        get(client, address, 404)
    get(client, "/journal/checkpoints/2")


def test_a_mirror_reads_all_entries_in_portions(db, client):
    for number in range(5):
        seal(public=number != 2)
    told = data(client, "/journal/entries.json?after=2")
    assert told["size"] == 5
    assert [entry["seq"] for entry in told["entries"]] == [3, 4, 5]
    assert told["entries"][0].keys() == {"seq", "at", "commitment"}
    assert told["entries"][1] == data(client, "/journal/entry/4.json")
    assert data(client, "/journal/entries.json?after=5")["entries"] == []
    assert len(queries.after(0, limit=2)) == 2


def test_what_may_change_without_a_public_entry_is_not_kept(db, client):
    seal()
    assert get(client, "/journal/entries.json")["Cache-Control"] == "no-cache"
    seal(public=False)
    assert data(client, "/journal/entries.json")["size"] == 2
    acts.checkpoint()
    old = get(client, "/journal/checkpoint").content
    page = get(client, "/en/journal/checkpoint/").content
    seal(public=False)
    acts.checkpoint()
    assert get(client, "/journal/checkpoint").content != old
    assert get(client, "/en/journal/checkpoint/").content != page
    assert get(client, "/journal/proof/1.json")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_the_pages_stand_in_every_language(db, client, language):
    for page in ("journal/", "journal/checkpoint/"):
        get(client, f"/{language}/{page}")  # an empty journal
    entry = enter("zz")
    private = seal(public=False)
    acts.checkpoint()
    acts.rotate()
    for page in ("journal/", "journal/checkpoint/", f"journal/{entry.seq}/", f"journal/{private.seq}/"):
        get(client, f"/{language}/{page}")


def test_the_keys_are_published_as_they_followed_each_other(db, client):
    seal()
    acts.checkpoint()
    acts.rotate(lost=True)
    first, second = get(client, "/journal/keys").content.decode().splitlines()
    assert first == f"2 {queries.vkeys()[0].vkey}"
    assert second == f"3 {queries.vkeys()[1].vkey} lost"
    assert "did not vouch" in get(client, "/en/journal/checkpoint/").content.decode()


def test_the_history_of_a_subject(db, rf):
    enter("zz")
    with acts.recording():
        acts.seal_load(digest="d", counts={}, written=[], by="compilers")
    enter("yy")
    one, other = panel.history(["parties:zz"])["entries"]
    assert (one.act, one.by) == (
        "The record was loaded from sources",
        "the compilers of this record",
    )
    assert (other.number, other.url) == (1, reverse("journal-entry", args=[1]))
    page = render_to_string("journal/history.html", {"history": panel.history(["parties:zz"])})
    assert 'href="/en/journal/1/"' in page
    assert "loaded from sources" in page


def test_areas_name_their_acts(monkeypatch):
    monkeypatch.setattr(words, "_acts", {})
    assert words.act({"act": "meetings.call_off-all"}) == "Meetings: call off all"
    words.name("meetings.convene", "A meeting was convened")
    words.name("meetings.close", lambda decided: f"Closed with {decided['said']['left']} left")
    assert words.act({"act": "meetings.convene"}) == "A meeting was convened"
    assert words.act({"act": "meetings.close", "said": {"left": 3}}) == "Closed with 3 left"
    assert words.capacity({"by": "somebody new"}) == "somebody new"
    with translation.override("en"):
        assert words.capacity({"by": "secretariat on behalf of zz"}) == "the Secretariat on behalf of zz"


def test_pages_cost_the_same_whatever_they_list(db, client):
    def cost(address):
        with CaptureQueriesContext(connection) as captured:
            get(client, address)
        return len(captured)

    enter("z1", iso2="AA")
    one = enter("z1", iso2="BB")
    acts.checkpoint()
    lists = ("/en/journal/", "/journal/entries.json", "/en/journal/checkpoint/")
    small = [cost(address) for address in lists]
    for iso2 in ("AA", "BB"):
        facts = [Party(ref=f"z{number}", kind="state", source="s", iso2=iso2) for number in range(1, 6)]
        with acts.recording():
            many = acts.seal("parties.enter", by="chair", facts=facts)
    acts.checkpoint()
    assert [cost(address) for address in lists] == small
    assert cost(f"/en/journal/{many.seq}/") == cost(f"/en/journal/{one.seq}/")


def test_the_public_head_asks_the_driver_itself_and_no_model(db, django_assert_num_queries):
    assert queries.marked_head() == (0, b"")
    seal()
    seal(public=False)
    with django_assert_num_queries(0):
        number, mark = queries.marked_head()
    assert (number, len(mark)) == (1, 16)


def test_a_broken_connection_is_mended_by_django(db, monkeypatch, django_assert_num_queries):
    seal()
    monkeypatch.setattr(queries, "connection", _Deaf(queries.connection))
    with django_assert_num_queries(1):
        assert queries.head() == 1


class _Deaf:
    """A connection whose driver does not answer."""

    connection = None

    def __init__(self, real) -> None:
        self.cursor = real.cursor


def test_the_program_of_the_documentation_verifies_an_entry(db, client):
    for number in range(20):
        seal(public=number % 5 != 0, said={"words": "Жер ☀"})
    acts.checkpoint()
    text = (settings.ROOT / "docs" / "how-to" / "verify-a-copy.md").read_text(encoding="utf-8")
    program = text.partition("```python\n")[2].partition("```")[0]
    program = re.sub(r"def get.*\n", "", program)
    assert program.count("assert") == 2
    for seq in range(1, 22):
        exec(program.replace("/17.json", f"/{seq}.json"), {"get": lambda path: data(client, path)})
    with pytest.raises(AssertionError):
        exec(program, {"get": lambda path: {**data(client, path), "root": "00"}})
