"""The pages on which texts are amended: the editor, the brackets, one proposal, what the Chair does, Word files."""

import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chancery.documents.acts import proposals
from chancery.documents.models import Draft, PrivateNote, Proposal
from chancery.documents.rules.proposals import ProposalKind, ProposalStatus, Wish
from chancery.people.acts import receive_note
from chancery.people.rules import Role
from tests.cast import state
from tests.people.cast import client_of

from . import room
from .room import NOW, chair, known, officer, text, translated, voice
from .test_negotiation import AGENT, EVIL, PAGE, part, sent, shown
from .test_proposals import proposed, settled, words

pytestmark = pytest.mark.django_db
ON = f"{PAGE}paragraphs/b4/proposal/"
SAID = "The Ministers decide on point 1."
B4 = "The Ministers agree on point 1."


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def paper(states):
    return text()


def plain(page: str) -> str:
    """What is read of a page, marks, the numbers of proposals in brackets and what only the ear is told left out."""
    return re.sub(r"\s+", " ", re.sub(r'<sup>\d+</sup>|<span class="vh">[^<]*</span>|<[^>]+>', "", page))


# ------------------------------------------------------------------------------------------------------ proposing
def test_a_paragraph_is_changed_in_place_looked_at_and_tabled(paper, states):
    by = voice("xp")
    assert B4 in shown(by, ON)
    preview = sent(by, ON, 200, text=SAID, seen=B4, reason="It is a decision.", preview="1")
    assert "[XP:agree] [XP:decide]" in plain(preview)
    assert "It is a decision." in preview  # what was typed is still there
    assert not Proposal.objects.exists()
    assert sent(by, ON, text=SAID, seen=B4, reason="It is a decision.", propose="1").endswith("/statement/#b4")
    page = part(shown(voice("xa")), "b4")
    assert "The Ministers [XP:agree] [XP:decide] on point 1." in plain(page)
    assert "1 proposal" in page
    assert "It is a decision." in page


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"text": B4, "seen": B4}, 422, "The words are those of the text."),
        ({"text": "They [agree].", "seen": B4}, 422, "without square brackets"),
        ({"text": SAID, "seen": "The Ministers agreed."}, 409, "has changed since you opened it"),
        ({"text": SAID + "\u200b" * 10_000, "seen": B4}, 422, "10000 characters that nobody sees"),
        ({"text": "x " * 20_000, "seen": B4}, 422, "at most 20000 are kept"),
    ],
)
@pytest.mark.parametrize("button", ["propose", "preview"])
def test_what_cannot_be_proposed_is_said_and_nothing_typed_is_lost(paper, states, typed, status, told, button):
    typed = {**typed, "reason": "Our reason", button: "1"}
    page = sent(voice("xp"), ON, status if button == "propose" else 422, **typed)
    assert told in plain(page)
    assert "Our reason" in page
    assert typed["text"][:20].strip() in page
    assert not Proposal.objects.exists()


def test_a_paragraph_is_added_left_out_and_moved(paper, states):
    by = voice("xp")
    sent(by, f"{ON}?what=insert", text="They meet.", kind="operative", propose="1")
    sent(by, f"{ON}?what=delete", reason="Said above.", propose="1")
    sent(by, f"{ON}?what=move", after="b6", propose="1")
    assert list(Proposal.objects.values_list("kind", "block", "after")) == [
        ("insert", "b7", "b4"), ("delete", "b4", ""), ("move", "b4", "b6"),
    ]  # fmt: skip
    page = shown(voice("xa"))
    assert "1 bis" in part(page, "b7")
    assert "[XP:They meet.]" in plain(part(page, "b7"))
    assert "[XP:leave out] [XP:move after 3]" in plain(part(page, "b4"))
    assert "[XP:paragraph 1 here]" in plain(page)
    sent(voice("xa"), f"{PAGE}paragraphs/b7/proposal/", text="They meet soon.", seen="They meet.", propose="1")
    assert "[XP:They meet [XA:soon].]" in plain(part(shown(by), "b7"))
    for what in ("delete", "move", "nothing"):
        assert client_of(by).get(f"{PAGE}paragraphs/b7/proposal/?what={what}").status_code == 404


def test_two_wordings_and_another_paragraph_stand_beside_each_other(paper, states):
    proposed(paper, states["xp"], words())
    proposed(paper, states["xa"], words(said="The Ministers resolve on point 1."))
    proposed(paper, states["xm"], words(said="Nothing was reached at all."))
    read = plain(part(shown(voice("xp")), "b4"))
    assert "The Ministers [agree] [XP:decide / XA:resolve] on point 1." in read
    assert "1 alt [XM:Nothing was reached at all.]" in read


def test_those_who_listen_are_told_which_words_are_added_and_which_left_out(paper, states):
    proposed(paper, states["xp"], words())
    page = part(shown(voice("xp")), "b4")
    heard = re.sub(r"<[^>]+>", "", page.partition("para__side")[0])
    assert "The Ministers [XP1:leave out agree] [XP1:add decide] on point 1." in heard
    proposed(paper, states["xa"], words(said="The Ministers resolve on point 1."))
    heard = re.sub(r"<[^>]+>", "", part(shown(voice("xp")), "b4").partition("para__side")[0])
    assert "The Ministers [leave out agree] [add XP1:decide / XA2:resolve] on point 1." in heard


def test_words_are_escaped_and_isolated(paper, states):
    proposed(paper, states["xp"], words(said=f"The Ministers agree {EVIL} on point 1.", reason=EVIL))
    there = f"{PAGE}proposals/{Proposal.objects.get().ref}/"
    for path in (PAGE, f"{PAGE}paragraphs/b4/", there, f"{PAGE}reading/?of=xp"):
        page = shown(voice("xa"), path)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
    assert "<bdi>&lt;script" in part(shown(voice("xa")), "b4")


def test_a_draft_of_a_proposal_is_the_delegations_own(paper, states):
    by = voice("xp")
    sent(by, ON, text="The Ministers ponder point 1.", seen=B4, draft="1")
    assert "ponder" in shown(by, ON)
    assert "ponder" in shown(known("Colleague", (Role.DELEGATE, "xp")), ON)
    for other in (voice("xa"), chair(), officer(), known("Auditor", (Role.AUDITOR, ""))):
        for path in (PAGE, ON, f"{PAGE}proposals/", f"{PAGE}reading/"):
            assert "ponder" not in client_of(other).get(path).content.decode()
    sent(by, ON, text=SAID, seen=B4, propose="1")
    assert not PrivateNote.objects.exists()  # what was tabled is no draft any more


def test_in_another_language_it_shows_as_not_translated_until_an_officer_translates_it(paper, states):
    translated(paper)
    sent(voice("xp"), f"{ON}?language=ru", text="По-русски решили b4", seen="По-русски b4", propose="1")
    row = Proposal.objects.get()
    page = plain(part(shown(voice("xa")), "b4"))
    assert "[XP:not translated yet] The Ministers agree" in page
    there = f"{PAGE}proposals/{row.ref}/translation/en/"
    assert client_of(voice("xa")).get(there).status_code == 403
    assert "По-русски решили b4" in shown(officer(), there)
    sent(officer(), there, text=SAID)
    assert "[XP:agree] [XP:decide]" in plain(part(shown(voice("xa")), "b4"))
    assert client_of(voice("xp")).get(f"{ON}?language=zh").status_code == 404


def test_whoever_may_not_see_proposals_sees_none_of_them(paper, states, settings):
    table = {**settings.CHARTER.visibility, "swg": {"proposals": "chair", "positions": "body"}}
    settings.CHARTER = replace(settings.CHARTER, visibility=table)
    (made,) = proposed(paper, states["xp"], words(reason="Our reason"))
    assert "[XP:decide]" in plain(shown(voice("xp")))
    assert "[XP:decide]" in plain(shown(chair()))
    other = voice("xa")
    for path in (PAGE, f"{PAGE}paragraphs/b4/", f"{PAGE}reading/", f"{PAGE}proposals/"):
        page = shown(other, path)
        assert "decide" not in plain(page)
        assert "Our reason" not in page
    for path in (f"{PAGE}proposals/{made.ref}/", f"{PAGE}proposals/{made.ref}/withdrawal/"):
        assert client_of(other).get(path).status_code == 404
    sent(other, f"{PAGE}proposals/{made.ref}/support/", 404, how="support")
    assert "decide" not in document_xml(client_of(other).get(f"{PAGE}en.docx").content)


# ----------------------------------------------------------------------------------------------- one proposal
def test_others_support_a_proposal_and_sponsor_it_and_its_makers_withdraw_it(paper, states):
    (made,) = proposed(paper, states["xp"], words())
    there = f"{PAGE}proposals/{made.ref}/"
    answer = sent(voice("xa"), f"{there}support/", 200, headers=AGENT, how="support")
    assert "Supported by 1" in plain(part(answer, "b4"))
    again = sent(voice("xa"), f"{there}support/", 200, headers=AGENT, how="support")
    assert "Your delegation supports this proposal already." in again
    assert sent(voice("xm"), f"{there}support/", how="sponsor") == there
    made.refresh_from_db()
    assert (made.parties, made.supporters) == ("xp xm", "xa")
    assert "Propose it with them" not in shown(voice("xm"), there)
    sent(voice("xm"), f"{there}withdrawal/")
    assert "This is a proposal of XP" in sent(voice("xa"), f"{there}withdrawal/", 403)
    sent(voice("xp"), f"{there}withdrawal/")
    page = shown(voice("xa"), there)
    assert "withdrawn" in page
    assert "A proposal was withdrawn" in page
    assert "decide" not in plain(shown(voice("xa")))
    sent(voice("xa"), f"{there}support/", 404, how="love")


def test_an_observer_reads_and_does_not_propose(states):
    paper = text(classification="parties")
    state("qo", "Orlend", capacity="observer")
    (made,) = proposed(paper, states["xp"], words())
    by = voice("qo")
    assert ">Amend<" not in shown(by)
    sent(by, ON, 403, text=SAID, seen=B4, propose="1")
    sent(by, f"{PAGE}proposals/{made.ref}/support/", 404 if "decide" not in shown(by) else 403, how="support")
    assert Proposal.objects.count() == 1


def test_a_focal_point_prepares_and_does_not_table(paper, states):
    by = known("Focal", (Role.FOCAL_POINT, "xp"))
    assert client_of(by).get(ON).status_code == 403
    sent(by, ON, 403, text=SAID, seen=B4, propose="1")
    assert not Proposal.objects.exists()


# --------------------------------------------------------------------------------------------------------- the Chair
def settle(status: int, *rows: Proposal) -> str:
    typed = {"proposals": [one.ref for one in rows], "status": "agreed", "body": "swg", "session": ""}
    answer = client_of(chair()).post(f"{PAGE}settlement/", typed)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_chair_settles_merges_and_the_next_version_is_drafted(paper, states):
    (one,) = proposed(paper, states["xp"], words())
    (other,) = proposed(paper, states["xa"], words(said="The Ministers resolve on point 1."))
    assert "cannot both be agreed: 1 – 2" in settle(409, one, other)
    assert client_of(voice("xp")).get(f"{PAGE}settlement/").status_code == 403
    sent(chair(), f"{PAGE}paragraphs/b4/merger/", text=SAID, proposals=[one.ref, other.ref])
    made = Proposal.objects.get(parties="chair")
    there = shown(voice("xp"), f"{PAGE}proposals/{made.ref}/")
    assert "What it took up" in there
    assert "[Chair:agree] [Chair:decide]" in plain(part(shown(voice("xp")), "b4"))
    settle(302, made)
    assert "The Ministers decide on point 1." in plain(part(shown(voice("xp")), "b4"))
    assert sent(officer(), f"{PAGE}drafting/").endswith("/draft/")
    assert SAID in str(Draft.objects.get().content)


def test_clean_readings_say_what_cannot_be_taken_together(paper, states):
    proposed(paper, states["xp"], words())
    proposed(paper, states["xp"], words(said="The Ministers resolve on point 1."), words("b5", "They meet on point 2."))
    page = plain(shown(voice("xa"), f"{PAGE}reading/?of=xp"))
    assert "1 · 1 · other words · XP — 2 · 1 · other words · XP" in page
    assert "The Ministers agree on point 1." in page
    assert "They meet on point 2." in page
    assert "They meet" not in plain(shown(voice("xa"), f"{PAGE}reading/"))
    for nonsense in ("of=zz", "text=xx"):
        shown(voice("xa"), f"{PAGE}reading/?{nonsense}", 400)


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}paragraphs/b4/", f"{PAGE}reading/?of=xp"])
def test_a_page_costs_the_same_however_much_is_proposed(paper, states, path):
    client = client_of(voice("xp"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    proposed(paper, states["xp"], words())
    cost()
    one = cost()
    for number in (2, 3):
        proposed(paper, states["xp"], words(said=f"The Ministers agree on point {number}."))
        proposed(paper, states["xa"], Wish(ProposalKind.INSERT, after="b4", text=f"They meet {number}."))
    assert cost() == one


# ------------------------------------------------------------------------------------------------------------- Word
def document_xml(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def amended(content: bytes, block: str, author: str, said: str) -> bytes:
    """A file to which somebody added words at the end of a paragraph, tracked, as Word does."""
    held, made = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    xml = document_xml(content)
    end = xml.index("</w:p>", xml.index(f"chancery_{block}"))
    run = f'<w:r><w:t xml:space="preserve">{said}</w:t></w:r>'
    tracked = f'<w:ins w:id="9901" w:author="{author}" w:date="2026-12-01T05:00:00Z">{run}</w:ins>'
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in held.namelist():
            whole = xml[:end] + tracked + xml[end:]
            archive.writestr(name, whole if name == "word/document.xml" else held.read(name))
    return made.getvalue()


def brought(by, content: bytes, status: int = 200, name: str = "text.docx", **more) -> str:
    file = SimpleUploadedFile(name, content)
    answer = client_of(by).post(f"{PAGE}word/", {"file": file, **more})
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def hidden(page: str) -> str:
    return unescape(re.search(r'name="content" value="([^"]*)"', page)[1])


def test_a_file_goes_out_and_what_somebody_wrote_into_it_is_tabled(paper, states):
    proposed(paper, states["xa"], words())
    by = voice("xp")
    answer = client_of(by).get(f"{PAGE}en.docx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="statement-en.docx"'
    assert "private" in answer.headers["Cache-Control"]
    page = brought(by, amended(answer.content, "b5", "Rhea Calloway", " They meet."))
    read = plain(page)
    assert "What was understood" in read
    assert "Known already." in read
    assert "Rhea Calloway" in read
    sent(by, f"{PAGE}word/", content=hidden(page), take="0", note="")
    made = Proposal.objects.get(parties="xp")
    assert made.wordings["en"]["text"] == "The Ministers agree on point 2. They meet."


def test_what_other_delegations_wrote_is_for_them_to_table(paper, states):
    content = client_of(voice("xp")).get(f"{PAGE}en.docx").content
    page = brought(voice("xp"), amended(content, "b5", "Aldora (XA)", " They meet."))
    assert "It is for its authors to table it" in page
    assert 'name="take"' not in page
    assert not Proposal.objects.exists()


def test_where_the_text_moved_on_since_the_file_was_made(paper, states):
    content = client_of(voice("xp")).get(f"{PAGE}en.docx").content
    edited = amended(content, "b4", "Rhea Calloway", " They meet.")
    with time_machine.travel("2026-12-01T10:00:00+05:00", tick=False):
        (made,) = proposed(paper, states["xa"], words())
        settled(paper, [made])
        page = brought(voice("xp"), edited)
        sent(voice("xp"), f"{PAGE}word/", content=hidden(page), take="0", note="")
    assert Proposal.objects.get(parties="xp").wordings["en"]["text"] == f"{SAID} They meet."


def test_a_refused_file_of_proposals_is_tabled_in_no_part_and_is_still_there(paper, states):
    content = client_of(voice("xp")).get(f"{PAGE}en.docx").content
    page = brought(voice("xp"), amended(content, "b4", "Rhea Calloway", " They meet."))
    proposals.propose(
        version=paper, party=states["xp"], wishes=[words(said=f"{B4} They meet.")], language="en", by=voice("xp")
    )
    again = sent(voice("xp"), f"{PAGE}word/", 409, content=hidden(page), take="0", note="")
    assert "XP has proposed just this already" in again
    assert "They meet." in again
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 not really", b"", b"%PDF-1.7", b"MZ"], ids=["renamed", "empty", "PDF", "program"]
)
def test_what_is_no_word_file_is_refused_in_words(paper, states, content):
    page = brought(voice("xp"), content, 422)
    assert 'id="errors"' in page


def test_a_file_of_another_text_is_named_as_such(paper, states):
    other = text("other")
    content = client_of(voice("xp")).get("/en/negotiations/other/en.docx").content
    assert other
    assert "This file is of another text." in brought(voice("xp"), content, 409)


@pytest.mark.parametrize("content", ["", "x", "{}", "[1]", '[{"kind": "words"}]', '[{"kind": 5}]', "[" * 5000])
def test_a_forged_preview_is_no_preview(paper, states, content):
    sent(voice("xp"), f"{PAGE}word/", 400, content=content, take="0")
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("path", [f"{PAGE}zz.docx", f"{PAGE}ru.docx", f"{PAGE}en-en.docx", f"{PAGE}en-ru-ar.docx"])
def test_a_language_that_is_not_there(paper, states, path):
    assert client_of(voice("xp")).get(path).status_code == 404


def test_both_languages_beside_each_other(paper, states):
    translated(paper)
    xml = document_xml(client_of(voice("xp")).get(f"{PAGE}en-ru.docx").content)
    assert B4 in xml
    assert "По-русски b4" in xml


def test_on_the_strength_of_a_note_verbale(paper, states):

    from tests.documents.test_negotiation import PDF

    note = receive_note(party="xb", number="1", dated=room.DAY, scan=ContentFile(PDF, "n.pdf"), by=officer("protocol"))
    sent(officer(), ON, text=SAID, seen=B4, note=str(note.pk), propose="1")
    made = Proposal.objects.get()
    assert (made.parties, made.capacity) == ("xb", "secretariat on behalf of xb")
    assert made.status == ProposalStatus.TABLED
