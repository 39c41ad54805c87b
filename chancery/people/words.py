"""The area's words for the choices of its facts."""

from django.utils.translation import gettext_lazy as _

from .rules import Role

ROLE = {
    Role.OFFICER.value: _("Officer of the Secretariat"),
    Role.FOCAL_POINT.value: _("Focal point"),
    Role.DELEGATE.value: _("Delegate"),
    Role.ADMINISTRATOR.value: _("Administrator of a delegation"),
    Role.PRESIDENCY.value: _("Presidency"),
    Role.AUDITOR.value: _("Auditor"),
}
LETTER = {
    "waiting": _("Waiting"),
    "sent": _("Sent"),
    "given-up": _("Not delivered"),
    "cancelled": _("Cancelled"),
}
