"""Signing in, with everything that somebody may try at the door."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from django.urls.exceptions import Resolver404

from chancery import settings as real
from chancery.duties.models import Letter
from chancery.people.models import Account

from .cast import PASSWORD, SECRET, actor, client_of, code, person

pytestmark = pytest.mark.django_db
SIGN_IN = "/en/account/sign-in/"


@pytest.fixture
def ann() -> Account:
    return person("Ann", email="ann@example.org")


def sign_in(client: Client, email: str = "ann@example.org", password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password}, **more)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def words(answer) -> str:
    """What a reader sees: without tags, in one line. Tokens against forgery differ and are not seen."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# ------------------------------------------------------------------------------------------ the way in
def test_password_then_second_factor_then_the_desk(client, ann):
    answer = sign_in(client)
    assert answer.headers["Location"] == "/en/account/second-factor/code/"
    assert not signed_in(client)
    answer = client.post(answer.headers["Location"], {"code": code()})
    assert answer.headers["Location"] == reverse("desk")
    assert signed_in(client)


def test_without_a_second_factor_one_is_led_to_set_it_up(client):
    person("Bob", factor=False)
    answer = sign_in(client, "bob@example.org")
    assert answer.headers["Location"] == "/en/account/second-factor/setting-up/"
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "Whoever acts for a delegation or the Secretariat needs one" in words(page)
    assert client.get("/en/account/").status_code == 200


def test_in_the_language_of_the_account(client):
    account = person("Bob", factor=False)
    Account.objects.filter(pk=account.pk).update(language="ru")
    assert sign_in(client, "bob@example.org").headers["Location"].startswith("/ru/")


@pytest.mark.parametrize("code_", ["", "000000", "12345678", "not digits", "0" * 5000])
def test_a_wrong_code_lets_nobody_in(client, ann, code_):
    sign_in(client)
    answer = client.post("/en/account/second-factor/code/", {"code": code_})
    assert answer.status_code == 422
    assert not signed_in(client)


def test_a_code_works_once(client, ann):
    now = code()
    for expected in (302, 422):
        other = Client()
        sign_in(other)
        assert other.post("/en/account/second-factor/code/", {"code": now}).status_code == expected


def test_the_second_step_cannot_be_reached_without_the_first(client):
    assert client.get("/en/account/second-factor/code/").headers["Location"] == SIGN_IN
    assert client.post("/en/account/second-factor/code/", {"code": code()}).headers["Location"] == SIGN_IN


def test_a_form_without_a_code_is_shown_again(client, ann):
    sign_in(client)
    assert client.post("/en/account/second-factor/code/", {}).status_code == 302
    assert client.get("/en/account/second-factor/code/").status_code == 200


def test_a_recovery_code_lets_in_once(client, ann):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    spare = RecoveryCodes.activate(ann).get_unused_codes()[0]
    for expected in (302, 422):
        other = Client()
        sign_in(other)
        assert other.post("/en/account/second-factor/code/", {"code": spare}).status_code == expected


def test_a_closed_account_does_not_get_in(client, ann):
    Account.objects.filter(pk=ann.pk).update(is_active=False)
    assert sign_in(client).headers["Location"] == "/en/account/closed/"
    assert not signed_in(client)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_sent_away_after_signing_in(client, to):
    person("Bob", factor=False)
    answer = client.post(f"{SIGN_IN}?next={to}", {"login": "bob@example.org", "password": PASSWORD, "next": to})
    assert answer.headers["Location"].startswith("/en/")


# ------------------------------------------------------------------------------------- the door itself
def test_the_session_is_a_new_one_after_signing_in(client):
    person("Bob", factor=False)
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, "bob@example.org")
    assert signed_in(client)
    assert client.session.session_key != before
    stranger = Client()
    stranger.cookies["sessionid"] = before
    assert not signed_in(stranger)


def test_a_wrong_password_and_an_unknown_address_look_alike(client, ann):
    known = sign_in(Client(), password="wrong password here")
    unknown = sign_in(Client(), email="nobody@example.org", password="wrong password here")
    assert known.status_code == unknown.status_code == 422
    assert words(known) == words(unknown)
    assert "ann@example.org" in known.content.decode(), "what was typed stays"
    assert "wrong password here" not in known.content.decode()


def test_asking_for_a_new_password_looks_alike_and_writes_to_accounts_only(client, ann):
    answers = [
        Client().post("/en/account/password/forgotten/", {"email": email}, follow=True)
        for email in ("ann@example.org", "nobody@example.org")
    ]
    assert words(answers[0]) == words(answers[1])
    assert [letter.to for letter in Letter.objects.all()] == ["ann@example.org"]


def test_guessing_is_slowed_down_with_a_page_of_ours(client, ann):
    statuses = [sign_in(client, password=f"guess number {n} of many").status_code for n in range(8)]
    assert statuses[:5] == [422] * 5
    answer = sign_in(client)
    assert answer.status_code in (422, 429)
    assert not signed_in(client), "even the right password waits"


def test_too_many_requests_get_a_page_in_our_look(client):
    answers = [sign_in(client, email=f"nobody{n}@example.org") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Please wait" in words(answers[-1])
    assert 'id="main"' in answers[-1].content.decode()


def test_codes_cannot_be_guessed_either(client, ann):
    sign_in(client)
    for _ in range(5):
        client.post("/en/account/second-factor/code/", {"code": "000000"})
    client.post("/en/account/second-factor/code/", {"code": code()})
    assert not signed_in(client)


def test_without_the_token_against_forgery_nothing_is_taken():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(SIGN_IN, {"login": "ann@example.org", "password": PASSWORD})
    assert answer.status_code == 403
    assert 'id="main"' in answer.content.decode()


def test_pages_of_the_door_are_kept_by_nobody(client):
    for path in (SIGN_IN, "/en/account/password/forgotten/", "/en/account/password/forgotten/asked/"):
        answer = client.get(path)
        assert "no-store" in answer.headers["Cache-Control"]
        assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["signup/", "sign-up/", "email/", "confirm-email/", "confirm-email/abc/", "password/set/", "login/", "login/code/",
     "2fa/", "2fa/webauthn/", "signup/passkey/"],
)  # fmt: skip
def test_what_is_not_used_is_not_there(path):
    with pytest.raises(Resolver404):
        resolve(f"/en/account/{path}")


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_set_password", "account_confirm_email", "mfa_list_webauthn"]
)
def test_what_is_not_used_has_no_name(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


# ----------------------------------------------------------------------------------------- the password
def test_passwords_are_kept_as_argon2_under_the_real_settings(settings):
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    ann = person("Ann")
    assert ann.password.startswith("argon2$argon2id$")
    assert get_hasher().algorithm == "argon2"
    assert PASSWORD not in ann.password


def asked_link(email: str = "ann@example.org") -> str:
    Client().post("/en/account/password/forgotten/", {"email": email})
    body = Letter.objects.latest("id").body
    return re.search(r"http://localhost:8000(/\S+)", body)[1]


def test_a_new_password_by_letter(client, ann):
    link = asked_link()
    assert not Letter.objects.get().readable
    page = client.get(link, follow=True)
    answer = client.post(
        page.request["PATH_INFO"], {"password1": "the tide turns at seven", "password2": "the tide turns at seven"}
    )
    assert answer.headers["Location"].endswith("/password/forgotten/done/")
    assert sign_in(client, password="the tide turns at seven").status_code == 302
    assert Letter.objects.latest("id").subject.endswith("your password was changed")
    again = Client().get(link, follow=True)
    assert "This link cannot be used" in words(again)


def test_the_link_is_built_from_our_origin_and_not_from_the_request(ann):
    Client().post(
        "/en/account/password/forgotten/", {"email": "ann@example.org"}, headers={"host": "127.0.0.1:9"}
    )
    assert "http://localhost:8000/" in Letter.objects.get().body
    assert "127.0.0.1" not in Letter.objects.get().body


def test_a_forged_link_changes_nothing(client, ann):
    page = client.get(asked_link()[:-3] + "xy/", follow=True)
    assert "This link cannot be used" in words(page)


def test_changing_the_password_ends_all_sessions(ann):
    here, there = client_of(ann), client_of(ann)
    new = "the tide turns at seven"
    answer = here.post(
        "/en/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert here.get("/en/account/").status_code == there.get("/en/account/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", "the tide turns at seven", "the tide turns at seven"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "the tide turns at seven", "the tide turns at eight"),
        (PASSWORD, "", ""),
    ],
)
def test_a_password_that_is_not_taken(ann, old, new, again):
    client = client_of(ann)
    answer = client.post("/en/account/password/", {"oldpassword": old, "password1": new, "password2": again})
    assert answer.status_code == 422
    assert Account.objects.get(pk=ann.pk).check_password(PASSWORD)


# ------------------------------------------------------------------------------------ the second factor
@pytest.fixture
def fresh(client) -> Client:
    """Somebody who has just signed in and has no second factor."""
    person("Bob", factor=False)
    sign_in(client, "bob@example.org")
    return client


def test_setting_up_the_second_factor(fresh, django_capture_on_commit_callbacks):
    page = fresh.get("/en/account/second-factor/setting-up/").content.decode()
    secret = fresh.session["mfa.totp.secret"]
    assert secret in page
    assert "data:" not in page
    assert "style=" not in page
    drawn = fresh.get("/en/account/second-factor/picture.svg")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in drawn.headers["Cache-Control"]
    assert drawn.content.startswith(b"<?xml")
    assert fresh.post("/en/account/second-factor/setting-up/", {"code": "000000"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = fresh.post("/en/account/second-factor/setting-up/", {"code": code(secret)})
    assert answer.headers["Location"] == "/en/account/recovery-codes/"
    shown = fresh.get("/en/account/recovery-codes/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", shown)) == 10
    assert len(fresh.get("/en/account/recovery-codes/file/").content.split()) == 10
    assert Letter.objects.get().subject.endswith("second factor set up")


def test_the_secret_is_encrypted_in_the_database(fresh):
    fresh.get("/en/account/second-factor/setting-up/")
    secret = fresh.session["mfa.totp.secret"]
    fresh.post("/en/account/second-factor/setting-up/", {"code": code(secret)})
    for kept in Authenticator.objects.all():
        assert secret not in str(kept.data)
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert decrypt(kept.data["secret"]) == secret


def test_the_picture_is_shown_only_while_a_secret_is_being_set_up(client):
    assert client.get("/en/account/second-factor/picture.svg").status_code == 302
    assert client_of(actor("guest")).get("/en/account/second-factor/picture.svg").status_code == 404


def test_taking_the_second_factor_away_asks_who_one_is(ann):
    client = client_of(ann)
    answer = client.post("/en/account/second-factor/removal/")
    assert answer.headers["Location"].startswith("/en/account/again/")
    assert Authenticator.objects.filter(user=ann).exists()
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    wrong = client.post(answer.headers["Location"], {"password": "not this one at all"})
    assert wrong.status_code == 422
    client.post("/en/account/again/", {"password": PASSWORD})
    assert client.post("/en/account/second-factor/removal/").status_code == 302
    assert not Authenticator.objects.filter(user=ann).exists()


def test_signing_in_is_proof_enough_for_five_minutes():
    with time_machine.travel("2026-03-02T07:00Z", tick=False) as clock:
        person("Bob", factor=False)
        client = entered()
        assert client.get("/en/account/second-factor/setting-up/").status_code == 200
        clock.shift(301)
        assert client.get("/en/account/second-factor/setting-up/").headers["Location"].startswith("/en/account/again/")


def test_saying_who_one_is_by_a_code(ann):
    client = client_of(ann)
    assert client.get("/en/account/second-factor/again/").status_code == 200
    assert client.post("/en/account/second-factor/again/", {"code": code(SECRET)}).status_code == 302


def test_new_recovery_codes_replace_the_old(fresh):
    secret_page = fresh.get("/en/account/second-factor/setting-up/")
    assert secret_page.status_code == 200
    fresh.post("/en/account/second-factor/setting-up/", {"code": code(fresh.session["mfa.totp.secret"])})
    before = fresh.get("/en/account/recovery-codes/file/").content
    assert fresh.get("/en/account/recovery-codes/new/").status_code == 200
    fresh.post("/en/account/recovery-codes/new/")
    assert fresh.get("/en/account/recovery-codes/file/").content != before


# ---------------------------------------------------------------------------------------------- sessions
def entered(email: str = "bob@example.org") -> Client:
    client = Client()
    assert sign_in(client, email).status_code == 302
    return client


def test_signing_out_elsewhere():
    person("Bob", factor=False)
    here, there, third = entered(), entered(), entered()
    page = here.get("/en/account/").content.decode()
    assert page.count("Sign out there") == 2
    number = re.search(r'name="session" value="(\d+)"', page)[1]
    here.post("/en/account/sessions/", {"session": number})
    alive = [client.get("/en/account/").status_code == 200 for client in (here, there, third)]
    assert alive[0]
    assert sorted(alive[1:]) == [False, True]
    here.post("/en/account/sessions/")
    assert [client.get("/en/account/").status_code for client in (here, there, third)] == [200, 302, 302]


def test_nobody_signs_out_somebody_else():
    person("Bob", factor=False)
    person("Eve", factor=False)
    bob, eve = entered(), entered("eve@example.org")
    number = Account.objects.get(name="Bob").usersession_set.get().pk
    for value in (number, "9" * 30, "x", ""):
        eve.post("/en/account/sessions/", {"session": value})
    assert bob.get("/en/account/").status_code == 200


def test_signing_out():
    person("Bob", factor=False)
    bob = entered()
    assert bob.get("/en/account/sign-out/").status_code == 200
    assert signed_in(bob), "opening the page is not enough"
    bob.post("/en/account/sign-out/")
    assert not signed_in(bob)
