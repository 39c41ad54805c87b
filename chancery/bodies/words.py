"""The area's words for the choices of its facts."""

from django.utils.translation import gettext_lazy as _

KIND = {
    "governing": _("governing body"),
    "working": _("working body"),
    "advisory": _("advisory body"),
    "standing": _("standing body"),
    "financing": _("financing body"),
    "network": _("network"),
    "executive": _("executive body"),
}
PRESIDED = {
    "chair": _("the State in the Chair presides"),
    "own": _("a chair of its own presides"),
    "none": _("nobody presides"),
}
