"""The area's words for the choices of its facts, plain and diplomatic."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VERB = {
    "consider": pgettext_lazy("what a body did", "considered"),
    "positively-consider": pgettext_lazy("what a body did", "considered positively"),
    "support-in-principle": pgettext_lazy("what a body did", "supported in principle"),
    "agree": pgettext_lazy("what a body did", "agreed"),
    "finalise": pgettext_lazy("what a body did", "finalised"),
    "approve": pgettext_lazy("what a body did", "approved"),
    "recommend": pgettext_lazy("what a body did", "recommended"),
    "take-note": pgettext_lazy("what a body did", "took note"),
    "review": pgettext_lazy("what a body did", "reviewed"),
    "endorse": pgettext_lazy("what a body did", "endorsed"),
    "adopt": pgettext_lazy("what a body did", "adopted"),
    "welcome": pgettext_lazy("what a body did", "welcomed"),
    "establish": pgettext_lazy("what a body did", "established"),
    "elect": pgettext_lazy("what a body did", "elected"),
    "admit": pgettext_lazy("what a body did", "admitted"),
    "launch": pgettext_lazy("what a body did", "launched"),
}
MANNER = {
    "session": _("at a session"),
    "silence": _("by silence procedure"),
    "unknown": _("in a manner that the sources do not tell"),
}
