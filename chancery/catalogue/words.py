"""The area's words for the choices of its facts."""

from django.utils.translation import gettext_lazy as _

ROLE = {"coordinator": _("coordinator"), "co-coordinator": _("co-coordinator")}
