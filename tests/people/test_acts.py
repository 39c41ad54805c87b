"""Rights, invitations, second factors and notes, as acts."""

import datetime as dt
import io
import json
from hashlib import sha256

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from chancery.core.refusals import NotAllowed, SecondFactorMissing
from chancery.duties.models import Letter
from chancery.journal.models import Entry
from chancery.people import acts, policy, queries, rules
from chancery.people.models import Account, Grant, Invitation, NoteVerbale, Restoration
from chancery.people.rules import Entitlement, Right, Role, Unit
from tests.cast import kept

from .cast import MINE, OTHER, PASSWORD, SINCE, actor, person

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 7, 0, tzinfo=dt.UTC)  # noon at the seat, UTC+5


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as travel:
        yield travel


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def holds(account: Account, role: Role, scope: str) -> bool:
    return policy.standing_of(Account.objects.get(pk=account.pk)).has(role, scope)


def sealed(act: str) -> dict:
    """What the one entry of an act says, all of it private."""
    return kept(Entry.objects.get(act=act))


def invite(by, *, email="new@example.org", role=Role.DELEGATE, scope=MINE, **more) -> acts.Issued:
    wanted = Entitlement(Right(role, scope), more.pop("since", TODAY), more.pop("until", None))
    return acts.invite(email=email, name="Nina New", language="en", rights=[wanted], by=by, **more)


def token(issued: acts.Issued) -> str:
    return issued.link.rstrip("/").rpartition("/")[2]


# --------------------------------------------------------------------------------------------- rights
def test_a_right_begins_and_ends_by_itself(protocol, clock):
    ann = person("Ann")
    made = acts.grant(
        account=ann, role=Role.DELEGATE, scope=MINE, since=day(2), until=day(4), by=protocol
    )
    held = []
    for _ in range(5):
        held.append(holds(ann, Role.DELEGATE, MINE))
        clock.shift(dt.timedelta(days=1))
    assert held == [False, False, True, True, False]
    told = sealed("people.grant")
    assert (told["by"], told["account"]) == ("secretariat", protocol.ref)
    assert told["said"] == {
        "grant": made.ref, "holder": ann.ref, "role": "delegate", "scope": MINE,
        "since": "2026-03-04", "until": "2026-03-06",
    }  # fmt: skip


def test_a_day_begins_at_midnight_at_the_seat(protocol, clock):
    ann = person("Ann")
    acts.grant(account=ann, role=Role.DELEGATE, scope=MINE, since=day(1), by=protocol)
    clock.move_to(dt.datetime(2026, 3, 2, 18, 59, 59, tzinfo=dt.UTC))
    assert not holds(ann, Role.DELEGATE, MINE)
    clock.move_to(dt.datetime(2026, 3, 2, 19, 0, 0, tzinfo=dt.UTC))
    assert holds(ann, Role.DELEGATE, MINE)


@pytest.mark.parametrize(
    ("role", "scope", "since", "until", "refusal"),
    [
        (Role.DELEGATE, "atlantis", 0, None, rules.UnknownScope),
        (Role.OFFICER, "kitchen", 0, None, rules.UnknownScope),
        (Role.AUDITOR, MINE, 0, None, rules.UnknownScope),
        (Role.DELEGATE, MINE, 3, 3, rules.PeriodTurned),
        (Role.FOCAL_POINT, MINE, -3, None, rules.AlreadyGranted),
        (Role.FOCAL_POINT, MINE, 5, 9, rules.AlreadyGranted),
    ],
)
def test_a_right_that_cannot_be_given(protocol, role, scope, since, until, refusal):
    focal = actor("focal-point")
    until = None if until is None else day(until)
    with pytest.raises(refusal):
        acts.grant(account=focal, role=role, scope=scope, since=day(since), until=until, by=protocol)
    assert focal.grants.count() == 1
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["documents", "delegate", "auditor", "presidency", "guest", "other-delegate"])
def test_who_may_not_give_rights(who):
    ann = person("Ann")
    with pytest.raises(NotAllowed):
        acts.grant(account=ann, role=Role.DELEGATE, scope=MINE, since=TODAY, by=actor(who))


def test_without_a_second_factor_nobody_acts():
    with pytest.raises(SecondFactorMissing):
        acts.grant(
            account=person("Ann"), role=Role.DELEGATE, scope=MINE, since=TODAY, by=actor("no-factor")
        )


def test_nobody_gives_himself_a_right(protocol):
    with pytest.raises(rules.NotToOneself):
        acts.grant(account=protocol, role=Role.OFFICER, scope=Unit.FINANCE, since=TODAY, by=protocol)


def test_an_administrator_gives_for_the_own_party_only(administrator):
    ann = person("Ann")
    acts.grant(account=ann, role=Role.DELEGATE, scope=MINE, since=TODAY, by=administrator)
    for role, scope in [(Role.DELEGATE, OTHER), (Role.ADMINISTRATOR, MINE), (Role.OFFICER, "press")]:
        with pytest.raises(NotAllowed):
            acts.grant(account=ann, role=role, scope=scope, since=TODAY, by=administrator)
    assert [str(one.right.role) for one in ann.grants.all()] == ["delegate"]


def test_ending_a_right_takes_effect_at_once_and_is_kept(protocol, delegate):
    held = delegate.grants.get()
    acts.revoke(grant=held, by=protocol)
    assert not holds(delegate, Role.DELEGATE, MINE)
    assert delegate.grants.get().since == SINCE
    assert sealed("people.revoke")["said"]["until"] == TODAY.isoformat()
    with pytest.raises(rules.AlreadyEnded):
        acts.revoke(grant=held, by=protocol)


def test_a_right_of_another_party_is_not_ended(delegate):
    other = person("Olga", (Role.ADMINISTRATOR, OTHER))
    with pytest.raises(NotAllowed):
        acts.revoke(grant=delegate.grants.get(), by=other)
    assert holds(delegate, Role.DELEGATE, MINE)


def test_the_database_itself_keeps_a_right_from_being_held_twice(delegate):
    held = {"account": delegate, "role": Role.DELEGATE, "scope": MINE}
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(**held, since=TODAY)
    delegate.grants.update(until=TODAY)
    later = Grant.objects.create(**held, since=TODAY, until=day(5))
    Grant.objects.create(**held, since=day(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=later.pk).update(until=day(6))
    Grant.objects.create(account=delegate, role=Role.DELEGATE, scope=OTHER, since=TODAY)


def test_a_right_ended_before_it_began_leaves_its_time_free(protocol):
    ann = person("Ann")
    future = acts.grant(account=ann, role=Role.DELEGATE, scope=MINE, since=day(5), by=protocol)
    acts.revoke(grant=future, by=protocol)
    acts.grant(account=ann, role=Role.DELEGATE, scope=MINE, since=TODAY, by=protocol)


def test_a_closed_account_holds_nothing(delegate):
    assert holds(delegate, Role.DELEGATE, MINE)
    Account.objects.filter(pk=delegate.pk).update(is_active=False)
    assert not holds(delegate, Role.DELEGATE, MINE)


# ------------------------------------------------------------------------------------------- deputies
def test_a_deputy_stands_in_and_ends_with_the_principal(delegate, protocol, clock):
    focal = actor("focal-point")
    acts.deputise(grant=delegate.grants.get(), deputy=focal, since=day(1), until=day(30), by=delegate)
    assert not holds(focal, Role.DELEGATE, MINE)
    clock.shift(dt.timedelta(days=1))
    assert holds(focal, Role.DELEGATE, MINE)
    acts.revoke(grant=delegate.grants.get(), until=day(3), by=protocol)
    clock.shift(dt.timedelta(days=1))
    assert holds(focal, Role.DELEGATE, MINE)
    clock.shift(dt.timedelta(days=1))
    assert not holds(focal, Role.DELEGATE, MINE), "ended with the principal, though granted until later"
    assert holds(focal, Role.FOCAL_POINT, MINE)


def test_a_deputy_of_somebody_whose_account_is_closed_holds_nothing(delegate):
    focal = actor("focal-point")
    acts.deputise(grant=delegate.grants.get(), deputy=focal, since=TODAY, by=delegate)
    assert holds(focal, Role.DELEGATE, MINE)
    Account.objects.filter(pk=delegate.pk).update(is_active=False)
    assert not holds(focal, Role.DELEGATE, MINE)


def test_a_deputy_has_no_deputy(delegate):
    focal, third = actor("focal-point"), person("Theo", (Role.FOCAL_POINT, MINE))
    deputy = acts.deputise(grant=delegate.grants.get(), deputy=focal, since=TODAY, by=delegate)
    with pytest.raises(rules.DeputyOfDeputy):
        acts.deputise(grant=deputy, deputy=third, since=TODAY, by=focal)


@pytest.mark.parametrize("who", ["other-delegate", "protocol", "guest"])
def test_only_a_colleague_stands_in(delegate, who):
    with pytest.raises(rules.NoColleague):
        acts.deputise(grant=delegate.grants.get(), deputy=actor(who), since=TODAY, by=delegate)


def test_an_officer_stands_in_for_an_officer(protocol, documents):
    acts.deputise(grant=protocol.grants.get(), deputy=documents, since=TODAY, until=day(7), by=protocol)
    assert holds(documents, Role.OFFICER, "protocol")


def test_a_colleague_does_not_name_somebody_elses_deputy(delegate):
    focal = actor("focal-point")
    with pytest.raises(NotAllowed):
        acts.deputise(grant=delegate.grants.get(), deputy=focal, since=TODAY, by=focal)


# ---------------------------------------------------------------------------------------- invitations
def test_invited_accepted_and_able_to_act_after_the_second_factor(administrator):
    issued = invite(administrator, until=day(100))
    letter = Letter.objects.get()
    assert letter.to == "new@example.org"
    assert issued.link in letter.body
    assert not letter.readable
    account = acts.accept_invitation(token=token(issued), password=PASSWORD)
    assert account.check_password(PASSWORD)
    assert holds(account, Role.DELEGATE, MINE)
    assert not policy.standing_of(account).second_factor
    assert account.grants.get().until == day(100)
    assert account.grants.get().made_by == administrator


def test_the_secret_of_a_link_is_kept_nowhere(administrator):
    issued = invite(administrator)
    secret = token(issued)
    kept = Invitation.objects.get()
    assert kept.digest == sha256(secret.encode()).hexdigest()
    assert secret not in json.dumps([str(vars(kept)), *Entry.objects.values_list("private", flat=True)])


def test_no_name_and_no_address_enters_the_journal(administrator):
    acts.accept_invitation(token=token(invite(administrator)), password=PASSWORD)
    for words in Entry.objects.values_list("private", flat=True):
        assert "new@example.org" not in words
        assert "Nina" not in words


@pytest.mark.parametrize("fate", ["used", "withdrawn", "run out", "forged", "forgotten"])
def test_a_link_that_cannot_be_used_says_always_the_same(administrator, clock, fate):
    issued = invite(administrator)
    secret = token(issued)
    if fate == "used":
        acts.accept_invitation(token=secret, password=PASSWORD)
    elif fate == "withdrawn":
        acts.withdraw_invitation(invitation=issued.invitation, by=administrator)
    elif fate == "forged":
        secret = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    else:
        clock.shift(dt.timedelta(days=configured.CHARTER.retention["invitations"]))
        if fate == "forgotten":
            assert acts.forget_invitations(by=policy.CLOCK) == 1
    accounts = Account.objects.count()
    with pytest.raises(rules.InvitationNotOpen) as refused:
        acts.accept_invitation(token=secret, password="another long passphrase")
    assert refused.value.english == rules.InvitationNotOpen.sentence
    assert Account.objects.count() == accounts


@pytest.mark.parametrize("password", ["short", "elevenchars", "password1234", "nina new@example.org"])
def test_a_weak_password_is_refused_and_the_link_still_holds(administrator, password):
    issued = invite(administrator)
    with pytest.raises(ValidationError):
        acts.accept_invitation(token=token(issued), password=password)
    acts.accept_invitation(token=token(issued), password=PASSWORD)


@pytest.mark.parametrize(
    ("role", "scope"), [(Role.DELEGATE, OTHER), (Role.ADMINISTRATOR, MINE), (Role.OFFICER, "press")]
)
def test_an_administrator_invites_for_the_own_party_only(administrator, role, scope):
    with pytest.raises(NotAllowed):
        invite(administrator, role=role, scope=scope)
    assert not Letter.objects.exists()


def test_inviting_twice_is_refused_but_tells_nothing_of_another_party(administrator):
    invite(administrator)
    with pytest.raises(rules.AlreadyInvited):
        invite(administrator, email="NEW@example.org")
    other = person("Olga", (Role.ADMINISTRATOR, OTHER))
    invite(other, scope=OTHER)


def test_an_address_with_an_account_is_invited_like_any_other_and_keeps_one_account(administrator):
    known = person("Known", (Role.DELEGATE, OTHER), email="known@example.org")
    issued = invite(administrator, email="known@example.org")
    with pytest.raises(rules.SignInFirst):
        acts.accept_invitation(token=token(issued), password=PASSWORD)
    with pytest.raises(rules.AnotherAddress):
        acts.accept_invitation(token=token(issued), by=administrator)
    acts.accept_invitation(token=token(issued), by=known)
    assert Account.objects.filter(email="known@example.org").count() == 1
    assert holds(known, Role.DELEGATE, MINE)
    assert holds(known, Role.DELEGATE, OTHER)


def test_a_right_that_is_held_already_is_not_given_twice(administrator, delegate):
    issued = invite(administrator, email=delegate.email)
    acts.accept_invitation(token=token(issued), by=delegate)
    assert delegate.grants.count() == 1


def test_invitations_are_forgotten_with_their_time(administrator, clock):
    invite(administrator)
    clock.shift(dt.timedelta(days=29))
    assert acts.forget_invitations(by=policy.CLOCK) == 0
    clock.shift(dt.timedelta(days=1))
    assert acts.forget_invitations(by=policy.CLOCK) == 1
    assert not Invitation.objects.exists()
    assert sealed("people.forget-invitations")["said"] == {"invitations": 1}


# ------------------------------------------------------------------------------- the second factor
def has_factor(account: Account) -> bool:
    return Authenticator.objects.filter(user=account).exists()


def test_an_administrator_restores_for_the_own_delegation_alone(administrator, delegate):
    acts.restore_factor(account=delegate, reason="Telephoned", by=administrator)
    assert not has_factor(delegate)
    assert Letter.objects.get().to == delegate.email
    assert sealed("people.restore-factor")["said"]["done"] is True
    with pytest.raises(rules.NothingToRestore):
        acts.restore_factor(account=delegate, reason="Again", by=administrator)


def test_two_officers_restore_and_no_one_officer_can(protocol, documents, delegate):
    asked = acts.restore_factor(account=delegate, reason="Seen in person", by=protocol)
    assert has_factor(delegate)
    with pytest.raises(rules.AnotherOfficer):
        acts.confirm_restoration(restoration=asked, by=protocol)
    with pytest.raises(rules.AlreadyAsked):
        acts.restore_factor(account=delegate, reason="Again", by=documents)
    assert has_factor(delegate)
    acts.confirm_restoration(restoration=asked, by=documents)
    assert not has_factor(delegate)
    with pytest.raises(rules.RestorationNotOpen):
        acts.confirm_restoration(restoration=asked, by=documents)
    told = Restoration.objects.get()
    assert (told.asked_by, told.confirmed_by) == (protocol, documents)


def test_the_database_itself_wants_two(protocol, delegate):
    asked = acts.restore_factor(account=delegate, reason="Seen", by=protocol)
    for change in ({"confirmed_by": protocol}, {"confirmed": NOON}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Restoration.objects.filter(pk=asked.pk).update(**change)


def test_a_confirmation_that_comes_too_late(protocol, documents, delegate, clock):
    asked = acts.restore_factor(account=delegate, reason="Seen", by=protocol)
    clock.shift(dt.timedelta(days=rules.CONFIRMATION_DAYS))
    with pytest.raises(rules.RestorationNotOpen):
        acts.confirm_restoration(restoration=asked, by=documents)
    assert has_factor(delegate)


def test_nobody_restores_for_himself(protocol, documents):
    with pytest.raises(rules.NotForOneself):
        acts.restore_factor(account=protocol, reason="Lost", by=protocol)
    asked = acts.restore_factor(account=documents, reason="Lost", by=protocol)
    with pytest.raises(rules.NotForOneself):
        acts.confirm_restoration(restoration=asked, by=documents)


@pytest.mark.parametrize("who", ["delegate", "auditor", "guest", "other-delegate", "presidency"])
def test_who_does_not_restore(who, protocol):
    focal = actor("focal-point")
    with pytest.raises(NotAllowed):
        acts.restore_factor(account=focal, reason="", by=actor(who))
    asked = acts.restore_factor(account=focal, reason="", by=protocol)
    with pytest.raises(NotAllowed):
        acts.confirm_restoration(restoration=asked, by=Account.objects.get(name=who))
    assert has_factor(focal)


def test_an_administrator_does_not_reach_an_officer_through_a_common_party(administrator):
    both = person("Both", (Role.DELEGATE, MINE), (Role.OFFICER, "press"))
    with pytest.raises(NotAllowed):
        acts.restore_factor(account=both, reason="", by=administrator)


# ----------------------------------------------------------------------------------- notes verbales
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n"


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (20, 30), "white").save(made, kind)
    return made.getvalue()


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def receive(by, content=PDF, *, number="117/2026", party=MINE, dated=TODAY, name="note.pdf") -> NoteVerbale:
    return acts.receive_note(
        party=party, number=number, dated=dated, scan=ContentFile(content, name), by=by
    )


@pytest.mark.parametrize(
    ("content", "suffix"), [(PDF, "pdf"), (picture("JPEG"), "jpg"), (picture("PNG"), "png")]
)
def test_a_scan_is_kept_by_what_it_is(documents, content, suffix):
    note = receive(documents, content, name="anything.exe")
    assert note.digest == sha256(content).hexdigest()
    assert note.scan.name == f"notes-verbales/{note.digest}.{suffix}"
    with note.scan.open() as kept:
        assert kept.read() == content
    assert sealed("people.receive-note")["said"]["digest"] == note.digest


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<script>alert(1)</script>",
        b"%PDF-1.7\ncut off",
        b"GIF89a" + bytes(40),
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        picture("PNG")[:-30],
        picture("GIF"),
    ],
)
def test_what_is_not_a_readable_scan_is_refused(documents, content, tmp_path):
    with pytest.raises(rules.ScanUnreadable):
        receive(documents, content)
    assert not NoteVerbale.objects.exists()
    assert not list(tmp_path.rglob("*.*"))


def test_a_scan_has_a_size_limit(documents, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    receive(documents, PDF.replace(b"endobj", b"endobj" + bytes(1024 * 1024 - len(PDF))))
    with pytest.raises(rules.ScanTooLarge):
        receive(documents, PDF.replace(b"endobj", b"endobj" + bytes(1024 * 1024)), number="2")


def test_a_number_is_used_once_by_a_party(documents):
    receive(documents)
    with pytest.raises(rules.NoteKnown):
        receive(documents)
    receive(documents, party=OTHER)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"party": "atlantis"}, rules.UnknownScope), ({"dated": day(1)}, rules.NoteOfTheFuture)],
)
def test_a_note_that_cannot_be(documents, change, refusal):
    with pytest.raises(refusal):
        receive(documents, **change)


@pytest.mark.parametrize("who", ["delegate", "auditor", "presidency", "guest"])
def test_only_officers_receive_notes(who):
    with pytest.raises(NotAllowed):
        receive(actor(who))


def test_an_officer_speaks_for_the_party_of_the_note_and_for_no_other(documents, monkeypatch):
    monkeypatch.setitem(
        policy._predicates, "test.object", lambda standing, party: standing.has(Role.DELEGATE, party)
    )
    note = receive(documents)
    voice = policy.on_behalf(documents, note)
    assert policy.may(voice, "test.object", MINE)
    assert not policy.may(voice, "test.object", OTHER)
    assert not policy.may(documents, "test.object", MINE)
    assert not policy.may(voice, "people.grant", Right(Role.DELEGATE, MINE)), "the officer's own rights stay out"


def test_the_record_names_the_party_and_hides_the_note(documents):
    note = receive(documents)
    expected = {
        "by": f"secretariat on behalf of {MINE}",
        "private": {"account": documents.ref, "note": note.ref, "note-digest": note.digest},
    }
    assert policy.signed(policy.on_behalf(documents, note)) == expected
    assert policy.signed(documents, note=note) == expected


@pytest.mark.parametrize(
    ("who", "refusal"), [("delegate", NotAllowed), ("auditor", NotAllowed), ("no-factor", SecondFactorMissing)]
)
def test_who_does_not_act_on_behalf(documents, who, refusal):
    note = receive(documents)
    with pytest.raises(refusal):
        policy.on_behalf(actor(who), note)


def test_an_officer_who_is_dismissed_loses_the_voice(documents, protocol):
    voice = policy.on_behalf(documents, receive(documents))
    acts.revoke(grant=documents.grants.get(), by=protocol)
    policy.forget(documents)
    assert policy.standing_of(voice).rights == frozenset()


# --------------------------------------------------------------------------------- accounts themselves
def test_a_person_changes_the_own_account_and_the_entry_says_only_what(delegate):
    acts.change_account(account=delegate, name="Dora Nova", language="ru", zone="Asia/Bishkek", by=delegate)
    assert (delegate.name, delegate.language, delegate.zone) == ("Dora Nova", "ru", "Asia/Bishkek")
    said = sealed("people.change-account")["said"]
    assert said == {"account": delegate.ref, "changed": ["language", "name", "zone"]}


def test_nothing_changed_is_no_act(delegate):
    acts.change_account(account=delegate, name=delegate.name, language="en", zone="", by=delegate)
    assert not Entry.objects.exists()


def test_nobody_changes_anothers_account(delegate, protocol):
    with pytest.raises(NotAllowed):
        acts.change_account(account=delegate, name="Mallory", language="en", zone="", by=protocol)


def test_the_first_officer_is_made_at_the_console_and_nowhere_else(protocol):
    rights = [Entitlement(Right(Role.OFFICER, "protocol"), TODAY)]
    made = acts.create_account(
        email="Head@example.org", name="Head", password=PASSWORD, rights=rights, by=policy.OPERATOR
    )
    assert made.email == "head@example.org"
    assert holds(made, Role.OFFICER, "protocol")
    assert sealed("people.create-account")["by"] == "operator"
    with pytest.raises(NotAllowed):
        acts.create_account(email="x@example.org", name="X", password=PASSWORD, rights=rights, by=protocol)


PRACTICE = [
    {
        "email": "officer@practice.example", "name": "Olga", "password": "practice-only-1999",
        "totp_secret": "MOPYHETMEUXI365C4WPJ3I3YWLQXHXU6", "grants": [{"role": "officer", "scope": "press"}],
    },
    {"email": "guest@practice.example", "name": "Una", "password": "practice-only-1999", "grants": []},
]  # fmt: skip


def test_practice_accounts_only_in_a_practice_installation(settings):
    settings.PRACTICE = False
    with pytest.raises(NotAllowed):
        acts.load_practice_accounts(entries=PRACTICE, by=policy.OPERATOR)
    assert not Account.objects.exists()


def test_practice_accounts_are_put_back_as_they_were(settings):
    settings.PRACTICE = True
    assert acts.load_practice_accounts(entries=PRACTICE, by=policy.OPERATOR) == 2
    assert acts.load_practice_accounts(entries=PRACTICE, by=policy.OPERATOR) == 0
    assert Entry.objects.count() == 1
    olga = Account.objects.get(name="Olga")
    assert policy.standing_of(olga).second_factor
    olga.set_password("changed by a visitor")
    olga.save()
    Authenticator.objects.all().delete()
    Grant.objects.all().update(until=TODAY)
    assert acts.load_practice_accounts(entries=PRACTICE, by=policy.OPERATOR) == 1
    olga = Account.objects.get(name="Olga")
    assert olga.check_password("practice-only-1999")
    assert policy.standing_of(olga).is_officer(Unit.PRESS)
    assert policy.standing_of(olga).second_factor


# --------------------------------------------------------------------------------------------- reading
def test_what_an_administrator_sees_is_the_own_party(administrator, delegate):
    both = person("Both", (Role.DELEGATE, MINE), (Role.OFFICER, "press"))
    seen = queries.account_seen_by(administrator, both.ref, TODAY)
    assert [str(one.right.role) for one in seen.shown] == ["delegate"]
    assert {one.name for one in queries.people_of(MINE, TODAY)} == {"administrator", "delegate", "Both"}
    for hidden in (actor("other-delegate").ref, "nowhere"):
        with pytest.raises(Account.DoesNotExist):
            queries.account_seen_by(administrator, hidden, TODAY)


def test_nobody_comes_by_a_right_of_ones_own_on_a_side_way():
    protocol, press = actor("protocol"), actor("press")
    with pytest.raises(rules.NotToOneself):
        invite(protocol, email=protocol.email.upper(), role=Role.OFFICER, scope=Unit.FINANCE)
    with pytest.raises(rules.NotToOneself):
        acts.deputise(grant=press.grants.get(), deputy=protocol, since=TODAY, by=protocol)
    assert not Invitation.objects.exists()
