"""The page of a text's ledger: what it counts, what it links to, and who sees what on it."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chancery.documents.acts import proposals, settlement
from chancery.documents.acts.notes import keep_note
from chancery.documents.acts.paragraphs import agree
from chancery.documents.models import Proposal
from chancery.documents.queries import negotiation
from chancery.documents.queries.ledger import Ledger
from chancery.documents.rules.blocks import Block
from chancery.documents.rules.positions import CallKind, Stance
from chancery.documents.rules.proposals import Fit, ProposalKind, ProposalStatus, Wish
from tests.cast import STATES, state
from tests.people.cast import client_of

from . import room
from .room import NOW, chair, officer, text, translated, version, voice
from .test_negotiation import DUE, EVIL, call, says, shown, with_visibility

pytestmark = pytest.mark.django_db
LEDGER = "/en/negotiations/statement/proposals/"
ROUTE = "The Ministers {} on point {}."


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def paper(states):
    return text(classification="parties")


def proposed(paper, party, said: str = "decide", block: str = "b4", **more) -> Proposal:
    """Another verb for a paragraph, or what the wish says."""
    wish = more.pop("wish", None) or Wish(ProposalKind.WORDS, block, ROUTE.format(said, int(block[1:]) - 3))
    by = voice(party.ref) if party else chair()
    return proposals.propose(version=paper, party=party, wishes=[wish], language="en", by=by, **more)[0]


def settled(paper, row, status: str = "agreed") -> None:
    settlement.settle(
        version=paper, proposals=[row], status=ProposalStatus(status), body=room.body(), by=chair()
    )  # fmt: skip


def ledger(by=None, ref: str = "statement") -> Ledger:
    return Ledger(negotiation.negotiation(by or chair(), ref))


def section(page: str, name: str) -> str:
    return re.search(rf'<section[^>]* aria-labelledby="{name}".*?</section>', page, re.S)[0]


def numbers(page: str) -> list[int]:
    """The proposals of the list, by number."""
    return [int(one) for one in re.findall(r'<th scope="row"><a href="[^"]*/proposals/[^"]+">(\d+)</a>', page)]


# --------------------------------------------------------------------------------------------------- what it says
def test_what_blocks_is_named_and_linked(paper, states):
    translated(paper)
    proposed(paper, states["xp"])
    second = proposed(paper, states["xa"], "decide", "b5")
    settled(paper, second)
    proposals.propose(
        version=paper, party=states["xm"], wishes=[Wish(ProposalKind.WORDS, "b6", "Иначе b6")], language="ru",
        by=voice("xm"),
    )  # fmt: skip
    says(paper, states["xm"], Stance.OBJECTION, "No.", block="b5")
    says(paper, states["xm"], Stance.AWAITING_CAPITAL, block="b2")
    agree(version=paper, blocks=["b2"], body=room.body(), by=chair())
    blocks = section(shown(chair(), LEDGER), "blocks")
    rows = [re.sub(r"<[^>]+>|\s+", " ", one).split() for one in re.findall(r"<tr>(.*?)</tr>", blocks, re.S)[1:]]
    assert [" ".join(one) for one in rows] == [
        "paragraphs in brackets 2 1 3",
        "paragraphs not agreed 4 PP1 1 2 3",
        "capitals awaited 1 PP1 XM",
        "objections 1 2 XM",
        "agreed, and not in the text yet 1 2",
        "not translated into English 1 3",
    ]
    assert 'href="/en/negotiations/statement/#b4"' in blocks
    assert f'href="{LEDGER}{second.ref}/"' in blocks


def test_nothing_blocks(paper, states):
    agree(version=paper, blocks=["b2", "b4", "b5", "b6"], body=room.body(), by=chair())
    page = shown(chair(), LEDGER)
    assert "Nothing: every paragraph is agreed, and no proposal is open." in page
    assert "No proposal" not in section(page, "blocks")
    assert 'aria-labelledby="course"' not in page


def test_words_that_moved_on_are_found_and_only_those(paper, states):
    clash = proposed(paper, states["xp"], "decide")
    apart = proposed(paper, states["xa"], wish=Wish(ProposalKind.WORDS, "b4", "The Ministers agree on point one."))
    gone = proposed(paper, states["xm"], "decide", "b6")
    out = proposed(paper, states["xb"], wish=Wish(ProposalKind.DELETE, "b6"))
    same = proposed(paper, states["xa"], "resolve", "b5")
    later = [one for one in room.blocks(3) if one.id != "b6"]
    later[3] = Block("b4", later[3].kind, "The Ministers settle on point 1.")
    version(paper.document, 2, later)
    assert [(line.ref, fit) for line, fit in ledger().moved_on] == [(clash.ref, Fit.CONFLICT), (gone.ref, Fit.GONE)]
    page = shown(chair(), f"{LEDGER}?status=moved")
    assert numbers(page) == [clash.number, gone.number]
    assert {apart.number, out.number, same.number}.isdisjoint(numbers(page))


def test_a_paragraph_that_was_proposed_and_withdrawn_leaves_others_astray(paper, states):
    new = proposed(paper, states["xp"], wish=Wish(ProposalKind.INSERT, after="b4", text="They agree to meet."))
    on_it = proposed(paper, states["xa"], wish=Wish(ProposalKind.WORDS, new.block, "They agree to meet soon."))
    found = ledger()
    assert [(one.number, len(lines)) for one, lines in found.by_paragraph if lines] == [("1 bis", 2)]
    assert found.moved_on == []
    proposals.withdraw(proposal=new, party=states["xp"], by=voice("xp"))
    assert [(line.ref, fit) for line, fit in ledger().moved_on] == [(on_it.ref, Fit.GONE)]
    assert "no longer in the text" in section(shown(chair(), LEDGER), "paragraphs")


def test_each_number_leads_to_the_list_of_what_it_counts(paper, states):
    first = proposed(paper, states["xp"])
    proposals.support(proposal=first, party=states["xm"], by=voice("xm"))
    settled(paper, proposed(paper, states["xa"], "resolve"), "not-retained")
    paper = version(paper.document, 2, paper.text)
    proposed(paper, states["xa"], "settle", "b5")
    proposed(paper, None, "conclude", "b5")
    page = shown(chair(), LEDGER)
    found = re.findall(r'<a(?: class="plain")? href="(\?[^"]+)">(\d+)</a>', page)
    assert len(found) > 12
    for address, number in found:
        assert len(numbers(shown(chair(), LEDGER + address.replace("&amp;", "&")))) == int(number), address
    party = section(page, "parties")
    assert "1, by 1 delegation<" in party
    assert party.index("Maravel") < party.index(">Chair<")


def test_the_line_has_its_table(paper, states):
    first = proposed(paper, states["xp"])
    with time_machine.travel("2026-12-01T11:00:00+05:00", tick=False):
        proposed(paper, states["xa"], "resolve")
        settled(paper, first, "not-retained")
    with time_machine.travel("2026-12-01T15:30:00+05:00", tick=False):
        proposed(paper, states["xa"], "settle")
        course = section(shown(chair(), LEDGER), "course")
    assert "At most 2 open, now 2" in course
    cells = re.findall(r'<th scope="row">(.*?)</th>\s*<td class="num">(\d+)</td>', course, re.S)
    assert [(when.split("<")[0].strip(), number) for when, number in cells] == [
        ("1 Dec, 09:00", "1"), ("1 Dec, 15:00", "2")
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------ who has spoken
def test_who_has_not_spoken_is_named_in_the_order_of_the_page(paper, states):
    keep_note(party="xm", subject="documents:statement#b4", words="Ours.", by=voice("xm"))
    keep_note(party="xm", subject="documents:statement#b5", draft=True, stance="can_join", words="", by=voice("xm"))
    state("qo", "Orlend", capacity="observer")
    says(paper, states["xp"], Stance.CAN_JOIN)
    members = sorted(set(states) - {"xp"})
    assert sorted(ledger().silent) == members
    silent = section(shown(chair(), LEDGER), "silent")
    assert f"{len(members)} of {len(states)} members" in silent
    shown_names = re.findall(r"<bdi>([^<]+)</bdi></li>", silent)
    assert shown_names == sorted(STATES[one] for one in members)
    proposals.support(proposal=proposed(paper, states["xa"]), party=states["xm"], by=voice("xm"))
    assert not {"xp", "xa", "xm"} & set(ledger().silent)
    assert ledger().spoken["b4"] == {"xp", "xa", "xm"}


def test_a_word_on_an_earlier_version_or_in_a_sounding_is_no_word_on_this_one(paper, states):
    says(paper, states["xp"], Stance.CAN_JOIN)
    now = version(paper.document, 2, paper.text)
    call(version=now, kind=CallKind.SOUNDING, due=DUE, by=chair())
    says(now, states["xa"], Stance.CAN_JOIN, sounding=True)
    assert {"xp", "xa"} <= set(ledger().silent)


# ------------------------------------------------------------------------------------------------- who sees what
@pytest.mark.parametrize(
    ("table", "sees"),
    [
        ({"proposals": "body", "positions": "body"}, {"member", "chair", "officer"}),
        ({"proposals": "secretariat", "positions": "body"}, {"chair", "officer"}),
        ({"proposals": "chair", "positions": "chair"}, {"chair"}),
    ],
)
def test_of_others_only_those_see_whom_the_table_lets(paper, states, table, sees):
    state("qo", "Orlend", capacity="observer")
    hidden = proposed(paper, states["xp"], wish=Wish(ProposalKind.WORDS, "b4", "The Ministers whisper on point 1."))
    own = proposed(paper, states["xa"], "resolve", "b5")
    says(paper, states["xm"], Stance.OBJECTION, "No.", block="b6")
    who = {"member": voice("xa"), "observer": voice("qo"), "chair": chair(), "officer": officer()}
    with with_visibility(**table):
        for name, by in who.items():
            page, words = shown(by, LEDGER), shown(by, f"{LEDGER}?q=whisper")
            assert (hidden.ref in page) == (name in sees), name
            assert (hidden.ref in words) == (name in sees), name
            assert ("of 4 members" in page) == (name in sees), name
            assert ("narrower circle" in page) == (name not in sees), name
            assert (own.ref in page) == (name in sees | {"member"}), name
    with with_visibility(**table, soundings="chair"):
        told = shown(voice("xa"), LEDGER)
        assert ("Your delegation has spoken on 1 of" in told) == ("member" not in sees)
        assert ("objections" in section(told, "blocks")) == (table["positions"] == "body")


def test_a_capital_is_not_named_to_whom_positions_are_closed(paper, states):
    says(paper, states["xm"], Stance.AWAITING_CAPITAL)
    agree(version=paper, blocks=["b4"], body=room.body(), by=chair())
    with with_visibility(positions="chair", proposals="chair"):
        assert "XM" in section(shown(chair(), LEDGER), "blocks")
        told = section(shown(voice("xa"), LEDGER), "blocks")
        assert "1 capital" in told
        assert "XM" not in told


def test_words_are_shown_as_words(paper, states):
    proposed(paper, states["xp"], wish=Wish(ProposalKind.INSERT, after="b4", text=EVIL))
    for address in (LEDGER, f"{LEDGER}?q={EVIL}", f"{LEDGER}?paragraph={EVIL}"):
        page = client_of(chair()).get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# ------------------------------------------------------------------------------------------------------ the list
def test_the_list_is_by_number_and_words_are_found_in_every_language(paper, states):
    translated(paper)
    first = proposed(paper, states["xp"])
    second = proposed(paper, states["xa"], "resolve", "b5")
    settlement.translate_proposal(proposal=second, language="ru", text="Министры РЕШАЮТ b5", by=officer())
    third = proposed(
        paper, states["xm"], wish=Wish(ProposalKind.WORDS, "b6", "They part on point 3.", reason="Shorter.")
    )
    settled(paper, third, "not-retained")
    assert numbers(shown(chair(), LEDGER)) == [1, 2, 3]
    for asked, found in {"q=решают": [2], "q=SHORTER": [3], "q=ministers+decide": [1], "q=nothing": []}.items():
        assert numbers(shown(chair(), f"{LEDGER}?{asked}")) == found, asked
    assert numbers(shown(chair(), f"{LEDGER}?paragraph=b4&party=xp&status=tabled&round=1&body=swg")) == [first.number]


@pytest.mark.parametrize("asked", ["paragraph=b99", "party=zz", "status=odd", "round=9", "body=x", "left=x", "ended=0"])
def test_a_wrong_choice_is_told_beside_its_field_and_the_others_hold(paper, states, asked):
    proposed(paper, states["xp"])
    proposed(paper, states["xa"], "resolve", "b5")
    page = shown(chair(), f"{LEDGER}?{asked}&q=resolve", 400)
    name = asked.partition("=")[0]
    assert f'href="#f-{name}"' in page
    assert numbers(page) == [2]


def test_fifty_to_a_page(paper, states):
    row = proposed(paper, states["xp"])
    Proposal.objects.bulk_create(
        Proposal(**{**_columns(row), "number": number, "ref": f"more-{number}"}) for number in range(2, 53)
    )
    assert numbers(shown(chair(), LEDGER)) == list(range(1, 51))
    assert numbers(shown(chair(), f"{LEDGER}?page=2")) == [51, 52]
    assert numbers(shown(chair(), f"{LEDGER}?page=99&status=brackets")) == [51, 52]


def _columns(row: Proposal) -> dict:
    return {one.attname: getattr(row, one.attname) for one in Proposal._meta.concrete_fields if one.attname != "id"}


def cost(ref: str) -> list[int]:
    found, client = [], client_of(chair())
    for asked in ("", "?status=brackets", "?status=moved", "?q=words"):
        url = f"/en/negotiations/{ref}/proposals/{asked}"
        client.get(url)
        with CaptureQueriesContext(connection) as made:
            assert client.get(url).status_code == 200
        found.append(len(made))
    return found


def full(ref: str, states, paragraphs: int) -> None:
    """A text with everything that the page shows, of each so many."""
    paper = text(ref, paragraphs=2 * paragraphs, classification="parties")
    translated(paper)
    for number in range(paragraphs):
        block = f"b{number + 4}"
        proposed(paper, states["xp"], "decide", block)
        row = proposed(paper, states["xa"], "resolve", block)
        settled(paper, row, "not-retained")
        wish = Wish(ProposalKind.INSERT, after=block, text=f"They meet {number}.")
        proposed(paper, states["xm"], wish=wish)
        says(paper, states["xm"], Stance.OBJECTION, "No.", block=block)
    now = version(paper.document, 2, room.blocks(2 * paragraphs, "The Council agrees on point"))
    for number in range(paragraphs):
        last = f"b{paragraphs + number + 4}"
        said = f"The Council decides on point {paragraphs + number + 1}."
        settled(now, proposed(now, states["xp"], wish=Wish(ProposalKind.WORDS, last, said)))
        wish = Wish(ProposalKind.WORDS, f"b{number + 4}", f"Иначе b{number + 4}")
        proposals.propose(version=now, party=states["xa"], wishes=[wish], language="ru", by=voice("xa"))


def test_it_costs_the_same_however_much_is_open(states):
    full("one", states, 1)
    full("three", states, 3)
    assert cost("one") == cost("three")
    assert max(cost("one")) <= 28


def test_the_text_leads_to_its_ledger(paper, states):
    assert re.search(rf'href="{LEDGER}">Ledger</a>', shown(voice("xp"), "/en/negotiations/statement/"))
    proposed(paper, states["xp"])
    assert re.search(rf'href="{LEDGER}">Ledger: 1 open</a>', shown(voice("xp"), "/en/negotiations/statement/"))
