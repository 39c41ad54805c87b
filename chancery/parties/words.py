"""The area's words for the choices of its facts."""

from django.utils.translation import gettext_lazy as _

CAPACITY = {"member": _("member"), "observer": _("observer")}
KIND = {"state": _("State"), "organisation": _("international organisation")}
FORM = {
    "short": _("short name"),
    "formal": _("formal name"),
    "sort": _("name for sorting"),
    "badge": _("name for badges"),
}
POST = {"head": _("head of the Secretariat"), "deputy": _("deputy"), "expert": _("expert"), "other": _("other post")}
