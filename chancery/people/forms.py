"""The shape of what is typed about accounts."""

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.forms import ExactDayField
from chancery.core.zones import time_zones

from . import scopes, words
from .models import Account
from .rules import Entitlement, Right, Role


# ------------------------------------------------------------------- the forms of the library, in our words
class _Plain:
    """Labels instead of placeholders."""

    words: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


def _password_help() -> str:
    return " ".join(str(text) for text in password_validators_help_texts())


password_help = lazy(_password_help, str)
CODE = {"code": (_("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))}
CODE_OF_THE_APP = {"code": (_("Code"), _("The six digits that the app shows now."))}


class SignInForm(_Plain, LoginForm):
    words = {"login": (_("E-mail address"), ""), "password": (_("Password"), "")}


class PasswordForm(_Plain, ChangePasswordForm):
    words = {
        "oldpassword": (_("Password until now"), ""),
        "password1": (_("New password"), password_help()),
        "password2": (_("New password again"), ""),
    }


class ForgottenForm(_Plain, ResetPasswordForm):
    words = {"email": (_("E-mail address"), "")}


class NewPasswordForm(_Plain, ResetPasswordKeyForm):
    words = {
        "password1": (_("New password"), password_help()),
        "password2": (_("New password again"), ""),
    }


class AgainForm(_Plain, ReauthenticateForm):
    words = {"password": (_("Password"), "")}


class ActivateForm(_Plain, ActivateTOTPForm):
    words = CODE_OF_THE_APP


class CodeForm(_Plain, AuthenticateForm):
    words = CODE


class CodeAgainForm(_Plain, CodeReauthenticateForm):
    words = CODE


# -------------------------------------------------------------------------------------------- our own forms
def _languages() -> list[tuple[str, str]]:
    return [(code, LANGUAGE_NAMES.get(code, code)) for code in settings.CHARTER.interface]


class AccountForm(forms.Form):
    """What a person sets for his or her own account."""

    name = forms.CharField(
        label=pgettext_lazy("a person", "Name"), max_length=200, help_text=_("As it stands on letters to you.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=_languages)
    zone = forms.CharField(
        label=_("Time zone"), max_length=64, required=False, help_text=_("For example Asia/Bishkek.")
    )

    def clean_zone(self) -> str:
        zone = self.cleaned_data["zone"]
        if zone and zone not in time_zones():
            raise ValidationError(_("This zone is not known. Write it like Asia/Bishkek, or leave it empty."))
        return zone


class AcceptForm(forms.Form):
    """The password that somebody invited chooses."""

    password = forms.CharField(
        label=_("Password"), max_length=128, strip=False, help_text=password_help(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Password again"), max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "password" in given and given["password"] != given.get("again"):
            self.add_error("again", _("The two are not the same. Write the password again."))
        return given


class RightForm(forms.Form):
    """A role, for what it is held, and for how long. One list holds every role with everything it can be held
    for, so that nothing depends on a script."""

    right = forms.ChoiceField(label=_("Right"))
    since = ExactDayField(label=_("From"))
    until = ExactDayField(
        label=_("Until"), required=False, help_text=_("The first day without it; empty for no end.")
    )

    def __init__(self, *args: Any, roles: Iterable[Role], only: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["right"].choices = [("", "…"), *right_choices(roles, set(only))]

    def entitlement(self) -> Entitlement:
        role, _colon, scope = self.cleaned_data["right"].partition(":")
        return Entitlement(Right(Role(role), scope), self.cleaned_data["since"], self.cleaned_data["until"])


def right_choices(roles: Iterable[Role], only: set[str]) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Groups of (`role:scope`, name); of `only` these scopes where any are named."""
    groups = []
    for role in roles:
        named = [
            (f"{role}:{scope}", name or words.ROLE[role.value])
            for scope, name in scopes.names(role).items()
            if not only or scope in only
        ]
        if named:
            groups.append((words.ROLE[role.value], named))
    return groups


class InviteForm(RightForm):
    """An invitation, with the first right of the new account."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=pgettext_lazy("a person", "Name"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=_languages)
    field_order = ["email", "name", "language", "right", "since", "until"]


class RevokeForm(forms.Form):
    """When a right ends."""

    until = ExactDayField(
        label=_("It ends on"), help_text=_("The first day without it. Today ends it at once.")
    )


class DeputyForm(forms.Form):
    """Who stands in, and when."""

    deputy = forms.ModelChoiceField(Account.objects.none(), label=_("Deputy"), to_field_name="ref")
    since = ExactDayField(label=_("From"))
    until = ExactDayField(
        label=_("Until"), required=False,
        help_text=_("The first day without it; empty to end with the right itself."),
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = colleagues


class RestoreForm(forms.Form):
    """Why a second factor must be restored."""

    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How you made sure that it is this person who asks."),
    )  # fmt: skip


class ConfirmForm(forms.Form):
    """A confirmation asks nothing."""


class NoteForm(forms.Form):
    """A note verbale and its scan."""

    party = forms.ChoiceField(label=_("Party"))
    number = forms.CharField(label=_("Number of the note"), max_length=120)
    dated = ExactDayField(label=_("Date of the note"))
    scan = forms.FileField(
        label=_("Scan"), help_text=_("PDF, JPEG or PNG."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [("", "…"), *scopes.names(Role.DELEGATE).items()]


class FilterForm(forms.Form):
    """What a list of accounts is narrowed to."""

    q = forms.CharField(label=_("Name or address"), max_length=80, required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("Any role")), *words.ROLE.items()]
    )
