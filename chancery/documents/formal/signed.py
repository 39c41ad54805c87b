"""The signed PDF of an adopted text: what was printed of it, made once for each certificate."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from chancery.core.prints import Print
from chancery.core.signing.identity import Identity
from chancery.core.signing.pades import sign_apart

from ..printing import Plan, paper


def copy(of: Plan, by: Identity) -> Print:
    """The signed PDF of a plan, there or still to be made; a renewed certificate or a time stamp makes another."""
    timed = "-timed" if settings.TIMESTAMP_URL else ""
    return Print(paper(of).path.with_suffix(f".{by.fingerprint[:16]}{timed}.pdf"))


def signed(of: Plan, by: Identity) -> bytes:
    """The PDF of a plan, which lies there, with a signature. Raises `Unsignable`, `TooSlow`."""
    with override(of["language"]):
        reason = _("Adopted text: %(title)s") % {"title": of["title"]}
        label = _("Signature of the adopted text")
    printed = paper(of).path.read_bytes()
    return sign_apart(printed, by, reason=reason, label=label, timestamps=settings.TIMESTAMP_URL)
