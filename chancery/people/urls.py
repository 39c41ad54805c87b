"""Addresses of the area. Of the library's pages only these are here; the others do not exist."""

from allauth.account import views as entrance
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.generic import RedirectView

from .views import accounts, invited, notes, outbox, own
from .views.sign_in import code, honest, picture

_KEY = r"^account/password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns = [
    # /account/: one's own, and signing in
    path("account/", own.account, name="account"),
    path("account/sessions/", own.session, name="account-session"),
    path("account/sign-in/", honest(entrance.login), name="account_login"),
    path("account/sign-out/", honest(entrance.logout), name="account_logout"),
    path("account/closed/", honest(entrance.account_inactive), name="account_inactive"),
    path("account/again/", honest(entrance.reauthenticate), name="account_reauthenticate"),
    path("account/password/", honest(entrance.password_change), name="account_change_password"),
    path("account/password/forgotten/", honest(entrance.password_reset), name="account_reset_password"),
    path(
        "account/password/forgotten/asked/",
        honest(entrance.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "account/password/forgotten/done/",
        honest(entrance.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(_KEY, honest(entrance.password_reset_from_key), name="account_reset_password_from_key"),
    path("account/second-factor/", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path("account/second-factor/code/", honest(code), name="mfa_authenticate"),
    path("account/second-factor/again/", honest(factor.reauthenticate), name="mfa_reauthenticate"),
    path("account/second-factor/setting-up/", honest(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/picture.svg", picture, name="second-factor-picture"),
    path("account/second-factor/removal/", honest(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/recovery-codes/", honest(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/",
        honest(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/file/",
        honest(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/invitation/<str:token>/", invited.invitation, name="invitation"),
    # accounts of others
    path("secretariat/accounts/", accounts.accounts, name="accounts"),
    path("delegation/people/", accounts.own_people, name="own-people"),
    path("accounts/invitation/", accounts.invitation, name="invitation-making"),
    path("accounts/<slug:ref>/", accounts.account, name="account-page"),
    path("accounts/<slug:ref>/grant/", accounts.grant, name="account-grant"),
    path("accounts/<slug:ref>/restoration/", accounts.restoration, name="account-restoration"),
    path("grants/<slug:ref>/revocation/", accounts.revocation, name="grant-revocation"),
    path("grants/<slug:ref>/deputy/", accounts.deputy, name="grant-deputy"),
    path("invitations/<slug:ref>/withdrawal/", accounts.withdrawal, name="invitation-withdrawal"),
    path("restorations/<slug:ref>/confirmation/", accounts.confirmation, name="restoration-confirmation"),
    # notes verbales
    path("secretariat/notes/", notes.notes, name="notes"),
    path("secretariat/notes/receipt/", notes.receipt, name="note-receipt"),
    path("notes/<slug:ref>/scan/", notes.scan, name="note-scan"),
    # the outbox
    path("secretariat/outbox/", outbox.outbox, name="outbox"),
    path("secretariat/outbox/<slug:ref>/", outbox.letter, name="outbox-letter"),
    path("secretariat/outbox/<slug:ref>/repetition/", outbox.repetition, name="letter-repetition"),
    path("secretariat/outbox/<slug:ref>/cancellation/", outbox.cancellation, name="letter-cancellation"),
]
