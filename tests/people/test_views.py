"""Pages of accounts: the right person, the wrong one, and wrong input."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chancery.core.asof import default
from chancery.duties import outbox
from chancery.duties.models import Letter
from chancery.duties.rules import Classification
from chancery.people import acts
from chancery.people.models import Account, Grant, Invitation, NoteVerbale, Restoration
from chancery.people.rules import Entitlement, Right, Role

from .cast import MINE, OTHER, PASSWORD, actor, client_of, person
from .test_acts import PDF, token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def text(answer) -> str:
    return answer.content.decode()


def later(days: int) -> str:
    return (default().today + dt.timedelta(days=days)).isoformat()


def invited(by: Account, email: str = "new@example.org", scope: str = MINE) -> acts.Issued:
    rights = [Entitlement(Right(Role.DELEGATE, scope), default().today)]
    return acts.invite(email=email, name="Nina New", language="en", rights=rights, by=by)


# ----------------------------------------------------------------------------------- one's own account
def test_ones_own_account_shows_what_one_may_do_and_who_stands_in(delegate):
    focal = actor("focal-point")
    acts.deputise(grant=delegate.grants.get(), deputy=focal, since=default().today, by=delegate)
    page = text(client_of(delegate).get("/en/account/"))
    assert "Delegate, <bdi>Maravel</bdi>" in page
    assert "Who stands in for you" in page
    assert focal.name in page
    assert "Set up your second factor" not in page


def test_changing_name_language_and_zone(delegate):
    client = client_of(delegate)
    answer = client.post("/en/account/", {"name": "Dora Nova", "language": "ru", "zone": "Asia/Bishkek"})
    assert answer.status_code == 302
    delegate.refresh_from_db()
    assert (delegate.name, delegate.language, delegate.zone) == ("Dora Nova", "ru", "Asia/Bishkek")


def test_wrong_input_stays_with_its_sentence(delegate):
    answer = client_of(delegate).post("/en/account/", {"name": "", "language": "ru", "zone": "Mars/Base"})
    assert answer.status_code == 422
    assert "Mars/Base" in text(answer)
    assert "This zone is not known" in text(answer)
    delegate.refresh_from_db()
    assert delegate.name == "delegate"


def test_without_a_second_factor_the_own_account_may_be_changed_and_nothing_else():
    account = actor("no-factor")
    client = client_of(account)
    assert "Whoever acts for a delegation" in text(client.get("/en/account/"))
    assert client.post("/en/account/", {"name": "Nora", "language": "en", "zone": ""}).status_code == 302
    assert client.get("/en/secretariat/accounts/").status_code == 200
    target = actor("guest")
    answer = client.post(
        reverse("account-grant", args=[target.ref]),
        {"right": f"delegate:{MINE}", "since": later(0), "until": ""},
    )
    assert answer.status_code == 403
    assert "Set up your second factor first" in text(answer)
    assert not target.grants.exists()


# ----------------------------------------------------------------------------------- the Secretariat's
def test_the_list_narrows_and_pages(protocol):
    for number in range(45):
        person(f"Person {number:02}", (Role.DELEGATE, OTHER), factor=False)
    client = client_of(protocol)
    page = client.get("/en/secretariat/accounts/")
    assert len(page.context["rows"]) == 40
    assert len(client.get("/en/secretariat/accounts/?page=2").context["rows"]) == 6
    assert [row.account.name for row in client.get("/en/secretariat/accounts/?q=son+07").context["rows"]] == [
        "Person 07"
    ]
    assert [row.account for row in client.get("/en/secretariat/accounts/?role=officer").context["rows"]] == [
        protocol
    ]
    empty = client.get("/en/secretariat/accounts/?q=zebra")
    assert "No account is like this" in text(empty)
    for odd in ("?page=0", "?page=x", "?page=99", "?role=emperor", "?q=%00"):
        assert client.get(f"/en/secretariat/accounts/{odd}").status_code == 200


def add_rows(protocol: Account, administrator: Account, number: int) -> None:
    """One more of everything that the lists show."""
    account = person(f"P {number}", (Role.DELEGATE, MINE), (Role.FOCAL_POINT, MINE))
    invited(administrator, f"n{number}@example.org")
    acts.restore_factor(account=account, reason="Lost", by=protocol)
    acts.receive_note(
        party=MINE, number=str(number), dated=default().today, scan=ContentFile(PDF, "n.pdf"), by=protocol
    )


def test_the_lists_take_as_many_queries_for_three_rows_as_for_one(
    protocol, administrator, django_assert_max_num_queries
):
    pages = [
        (client_of(protocol), "/en/secretariat/accounts/"),
        (client_of(administrator), "/en/delegation/people/"),
        (client_of(protocol), "/en/secretariat/notes/"),
        (client_of(protocol), "/en/secretariat/outbox/"),
    ]

    def counted() -> list[int]:
        counts = []
        for client, path in pages:
            with django_assert_max_num_queries(20) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    add_rows(protocol, administrator, 1)
    first = counted()
    add_rows(protocol, administrator, 2)
    add_rows(protocol, administrator, 3)
    assert counted() == first


def test_giving_and_ending_a_right(protocol):
    ann = person("Ann")
    client = client_of(protocol)
    give = reverse("account-grant", args=[ann.ref])
    assert f'value="delegate:{MINE}"' in text(client.get(give))
    answer = client.post(give, {"right": f"delegate:{MINE}", "since": "2 March 2026", "until": ""})
    assert answer.headers["Location"] == reverse("account-page", args=[ann.ref])
    held = ann.grants.get()
    assert held.since == dt.date(2026, 3, 2)
    again = client.post(give, {"right": f"delegate:{MINE}", "since": "3 March 2026", "until": ""})
    assert again.status_code == 422
    assert "already holds this right" in text(again)
    assert "3 March 2026" in text(again), "what was typed stays"
    end = reverse("grant-revocation", args=[held.ref])
    assert client.get(end).status_code == 200
    assert client.post(end, {"until": later(-1)}).status_code == 422
    assert client.post(end, {"until": later(0)}).status_code == 302
    held.refresh_from_db()
    assert held.until == default().today


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"right": "delegate:atlantis", "since": "today", "until": ""},
        {"right": f"delegate:{MINE}", "since": "some day", "until": ""},
        {"right": f"delegate:{MINE}", "since": "2026", "until": ""},
        {"right": f"delegate:{MINE}", "since": "2026-03-02", "until": "2026-03-01"},
        {"right": "emperor:", "since": "today", "until": ""},
        {"right": "x" * 9000, "since": "today", "until": "today"},
    ],
)
def test_a_right_typed_wrongly(protocol, typed):
    ann = person("Ann")
    answer = client_of(protocol).post(reverse("account-grant", args=[ann.ref]), typed)
    assert answer.status_code == 422
    assert not ann.grants.exists()


def test_inviting_from_the_form_to_the_account(protocol):
    client = client_of(protocol)
    answer = client.post(
        reverse("invitation-making"),
        {
            "email": "Nina@Example.org", "name": "Nina <b>", "language": "ru",
            "right": "officer:press", "since": later(0), "until": "",
        },
    )  # fmt: skip
    assert answer.headers["Location"] == "/en/secretariat/accounts/"
    letter = Letter.objects.get()
    assert letter.language == "ru"
    link = next(word for word in letter.body.split() if word.startswith("http://localhost:8000/ru/account/"))
    assert "Nina <b>" in letter.body, "a letter is plain text; nothing is escaped in it"
    page = text(client.get("/en/secretariat/accounts/"))
    assert "Nina &lt;b&gt;" in page
    assert "Nina <b>" not in page
    newcomer = Client()
    path = link.removeprefix("http://localhost:8000")
    assert newcomer.get(path).status_code == 200
    assert not Account.objects.filter(email="nina@example.org").exists(), "opening the link changes nothing"
    weak = newcomer.post(path, {"password": "short", "again": "short"})
    assert weak.status_code == 422
    differ = newcomer.post(path, {"password": PASSWORD, "again": PASSWORD + "x"})
    assert differ.status_code == 422
    answer = newcomer.post(path, {"password": PASSWORD, "again": PASSWORD})
    assert answer.headers["Location"].endswith("/account/second-factor/setting-up/")
    assert newcomer.get(answer.headers["Location"]).status_code == 200
    made = Account.objects.get(email="nina@example.org")
    assert made.grants.get().scope == "press"
    assert Client().get(path).status_code == 404


def test_every_useless_link_gets_the_same_page(administrator):
    used, withdrawn = invited(administrator, "a@example.org"), invited(administrator, "b@example.org")
    acts.accept_invitation(token=token(used), password=PASSWORD)
    acts.withdraw_invitation(invitation=withdrawn.invitation, by=administrator)
    pages = [
        Client().get(f"/en/account/invitation/{secret}/")
        for secret in (token(used), token(withdrawn), "never-was", "x" * 500)
    ]
    assert {page.status_code for page in pages} == {404}
    bodies = {text(page).replace(token(used), "").replace(token(withdrawn), "") for page in pages[:2]}
    assert len(bodies) == 1
    for page in pages:
        assert "This invitation cannot be used any more" in text(page)


def test_somebody_with_an_account_signs_in_and_accepts(administrator):
    known = person("Known", email="known@example.org")
    path = f"/en/account/invitation/{token(invited(administrator, 'known@example.org'))}/"
    assert "You have an account already" in text(Client().get(path))
    assert Client().post(path, {"password": PASSWORD, "again": PASSWORD}).status_code == 200
    other = client_of(actor("guest"))
    assert "for another address" in text(other.get(path))
    assert other.post(path).status_code == 403
    mine = client_of(known)
    assert mine.get(path).status_code == 200
    assert mine.post(path).headers["Location"] == "/en/account/"
    assert known.grants.get().scope == MINE


def test_withdrawing_an_invitation(administrator):
    issued = invited(administrator)
    client = client_of(administrator)
    path = reverse("invitation-withdrawal", args=[issued.invitation.ref])
    assert client_of(person("Olga", (Role.ADMINISTRATOR, OTHER))).get(path).status_code == 404
    assert client.get(path).status_code == 200
    assert client.post(path).headers["Location"] == "/en/delegation/people/"
    assert Invitation.objects.get().withdrawn
    assert client.post(path).status_code == 404


# ----------------------------------------------------------------------------------------- a delegation's
def test_an_administrator_sees_and_reaches_the_own_people_only(administrator, delegate):
    stranger = actor("other-delegate")
    client = client_of(administrator)
    page = text(client.get("/en/delegation/people/"))
    assert delegate.email in page
    assert stranger.email not in page
    assert client.get(f"/en/delegation/people/?party={OTHER}").status_code == 404
    assert client.get(reverse("account-page", args=[delegate.ref])).status_code == 200
    nowhere = client.get(reverse("account-page", args=["nowhere"]))
    for view in ("account-page", "account-grant", "account-restoration"):
        answer = client.get(reverse(view, args=[stranger.ref]))
        assert answer.status_code == 404
        if view == "account-page":
            assert text(answer).replace(stranger.ref, "") == text(nowhere).replace("nowhere", "")
    assert client.get(reverse("grant-revocation", args=[stranger.grants.get().ref])).status_code == 404
    assert client.get("/en/secretariat/accounts/").status_code == 403


def test_an_administrator_is_offered_only_what_may_be_given(administrator):
    page = text(client_of(administrator).get(reverse("invitation-making")))
    assert f'value="delegate:{MINE}"' in page
    assert f'value="focal-point:{MINE}"' in page
    for never in (f"delegate:{OTHER}", f"administrator:{MINE}", "officer:press", "auditor:"):
        assert f'value="{never}"' not in page
    typed = {"email": "x@example.org", "name": "X", "language": "en", "since": "today", "until": ""}
    forged = client_of(administrator).post(
        reverse("invitation-making"), {**typed, "right": "officer:protocol"}
    )
    assert forged.status_code == 422
    assert not Invitation.objects.exists()


def test_a_delegate_names_a_deputy(delegate):
    focal = actor("focal-point")
    path = reverse("grant-deputy", args=[delegate.grants.get().ref])
    client = client_of(delegate)
    page = text(client.get(path))
    assert focal.name in page
    answer = client.post(path, {"deputy": focal.ref, "since": later(0), "until": later(7)})
    assert answer.headers["Location"] == "/en/account/"
    assert Grant.objects.get(deputises__account=delegate).account == focal
    stranger = actor("other-delegate")
    assert client.post(path, {"deputy": stranger.ref, "since": later(0)}).status_code == 422
    assert client_of(stranger).get(path).status_code == 404


def test_two_officers_restore_a_second_factor(protocol, documents, delegate):
    asks, confirms = client_of(protocol), client_of(documents)
    path = reverse("account-restoration", args=[delegate.ref])
    assert asks.post(path, {"reason": ""}).status_code == 422
    assert asks.post(path, {"reason": "Seen in person"}).status_code == 302
    assert confirms.get(path).status_code == 404, "documents may confirm, but does not see accounts"
    confirm = reverse("restoration-confirmation", args=[Restoration.objects.get().ref])
    own = asks.post(confirm)
    assert own.status_code == 403
    assert "another officer must confirm" in text(own)
    assert "Seen in person" in text(confirms.get(confirm))
    assert confirms.post(confirm).status_code == 302
    assert not delegate.authenticator_set.exists()
    assert confirms.get(confirm).status_code == 404


def test_a_restored_account_is_signed_out_everywhere(administrator, delegate):
    theirs = Client()
    theirs.post("/en/account/sign-in/", {"login": delegate.email, "password": PASSWORD})
    from .cast import code

    theirs.post("/en/account/second-factor/code/", {"code": code()})
    assert theirs.get("/en/account/").status_code == 200
    answer = client_of(administrator).post(
        reverse("account-restoration", args=[delegate.ref]), {"reason": "Telephoned"}
    )
    assert answer.status_code == 302
    assert theirs.get("/en/account/").status_code == 302


# ------------------------------------------------------------------------------------------------ notes
def test_receiving_and_opening_a_note(documents, delegate):
    client = client_of(documents)
    sent = {"party": MINE, "number": "117/2026", "dated": "1 March 2026"}
    upload = SimpleUploadedFile("../../evil.html", PDF, content_type="text/html")
    answer = client.post(reverse("note-receipt"), {**sent, "scan": upload})
    assert answer.headers["Location"] == "/en/secretariat/notes/"
    assert "117/2026" in text(client.get("/en/secretariat/notes/"))
    note = NoteVerbale.objects.get()
    path = reverse("note-scan", args=[note.ref])
    for who in (client, client_of(delegate), client_of(actor("auditor"))):
        got = who.get(path)
        assert b"".join(got.streaming_content) == PDF
        assert got.headers["Content-Type"] == "application/pdf"
        assert got.headers["Content-Disposition"] == f'attachment; filename="2026-03-01-{MINE}.pdf"'
        assert "sandbox" in got.headers["Content-Security-Policy"]
        assert "no-store" in got.headers["Cache-Control"]
    for who in ("other-delegate", "guest", "presidency"):
        assert client_of(actor(who)).get(path).status_code == 404
    assert Client().get(path).status_code == 302
    assert Client().get(f"/media/{note.scan.name}").status_code == 404


def test_a_scan_that_is_none(documents):
    upload = SimpleUploadedFile("note.pdf", b"<html>", content_type="application/pdf")
    answer = client_of(documents).post(
        reverse("note-receipt"), {"party": MINE, "number": "1", "dated": "1 March 2026", "scan": upload}
    )
    assert answer.status_code == 422
    assert "This is not a PDF" in text(answer)
    assert not NoteVerbale.objects.exists()


# ----------------------------------------------------------------------------------------------- outbox
@pytest.fixture
def letters() -> list[Letter]:
    with outbox.transaction.atomic():
        return [
            outbox.post(to="open@example.org", subject="Open <i>", body="Words of it", language="en"),
            outbox.post(
                to="own@example.org", subject="Personal", body="https://secret.example/token", language="en",
                classification=Classification.PERSONAL,
            ),
        ]  # fmt: skip


def test_the_outbox_shows_what_is_there_and_no_secret(protocol, letters):
    client = client_of(protocol)
    page = text(client.get("/en/secretariat/outbox/?state=waiting"))
    assert "Open &lt;i&gt;" in page
    assert "own@example.org" in page
    assert "Words of it" in text(client.get(reverse("outbox-letter", args=[letters[0].ref])))
    personal = text(client.get(reverse("outbox-letter", args=[letters[1].ref])))
    assert "secret.example" not in personal
    assert "Nobody can read it here" in personal
    assert "No letter is here" in text(client.get("/en/secretariat/outbox/?state=sent"))
    assert client.get("/en/secretariat/outbox/?state=odd&page=9").status_code == 200


def test_taking_back_and_trying_again(protocol, letters):
    client = client_of(protocol)
    first, second = letters
    assert client.post(reverse("letter-cancellation", args=[first.ref])).status_code == 302
    refused = client.post(reverse("letter-repetition", args=[first.ref]))
    assert refused.status_code == 409
    assert "nothing to try again" in text(refused)
    assert client.post(reverse("letter-repetition", args=[second.ref])).status_code == 302
    assert client.get(reverse("outbox-letter", args=["nowhere"])).status_code == 404
    first.refresh_from_db()
    assert first.cancelled


@pytest.mark.parametrize(
    ("who", "sees", "acts_"), [("auditor", 200, 403), ("documents", 403, 403), ("guest", 403, 403)]
)
def test_who_reads_the_outbox_and_who_touches_it(who, sees, acts_, letters):
    client = client_of(actor(who))
    assert client.get("/en/secretariat/outbox/").status_code == sees
    assert client.post(reverse("letter-cancellation", args=[letters[0].ref])).status_code == acts_
    letters[0].refresh_from_db()
    assert letters[0].cancelled is None


# -------------------------------------------------------------------------------------------- commands
def test_the_console_makes_the_first_officer(capsys, monkeypatch):
    from django.core.management import CommandError, call_command

    call_command("create-officer", email="head@example.org", name="Head", unit=["protocol", "press"])
    link = capsys.readouterr().out.split()[-1]
    assert not Letter.objects.exists()
    made = acts.accept_invitation(token=link.rstrip("/").rpartition("/")[2], password=PASSWORD)
    assert {one.scope for one in made.grants.all()} == {"protocol", "press"}
    monkeypatch.setattr("sys.stdin", ContentFile("short\n"))
    with pytest.raises(CommandError, match="at least 12"):
        call_command("create-officer", email="b@example.org", name="B", unit=["press"], password=True)
    monkeypatch.setattr("sys.stdin", ContentFile(PASSWORD + "\n"))
    call_command("create-officer", email="b@example.org", name="B", unit=["press"], password=True)
    assert Account.objects.get(email="b@example.org").check_password(PASSWORD)


def test_the_console_loads_practice_accounts_only_where_one_practises(tmp_path, settings, capsys):
    from django.core.management import CommandError, call_command

    file = tmp_path / "accounts.toml"
    file.write_text('[[accounts]]\nemail="a@x.example"\nname="A"\npassword="practice-only"\n', "utf-8")
    settings.PRACTICE = False
    with pytest.raises(CommandError, match="known passwords"):
        call_command("practice-accounts", file)
    settings.PRACTICE = True
    call_command("practice-accounts", file)
    assert "1 of 1" in capsys.readouterr().out
    for broken in ("[[accounts", "x = 1", '[[accounts]]\nname="A"', '[[accounts]]\nemail="a@x.example"\nname="A"'
                   '\npassword="p"\ngrants=[{role="emperor"}]'):  # fmt: skip
        file.write_text(broken, "utf-8")
        with pytest.raises(CommandError):
            call_command("practice-accounts", file)


def test_the_shipped_practice_accounts_can_be_loaded(settings, monkeypatch):
    from django.core.management import call_command

    from chancery.people import scopes
    from chancery.people.rules import OF_A_PARTY

    class Every(dict):
        def __contains__(self, key: object) -> bool:
            return True

    monkeypatch.setattr(scopes, "_every", dict.fromkeys([*OF_A_PARTY, *scopes._every], lambda: Every()))
    monkeypatch.setattr(scopes, "names", lambda role: Every())
    settings.PRACTICE = True
    call_command("practice-accounts", settings.ROOT / "records" / "practice-accounts.toml")
    roles = set(Grant.objects.values_list("role", flat=True))
    assert roles == {role.value for role in Role}
