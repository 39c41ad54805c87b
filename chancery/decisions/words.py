"""The area's words for the choices of its facts, plain and diplomatic."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from chancery.core.dates import Day
from chancery.meetings.words import short_day

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
SERVICE = {
    "none": _("on the desk"),
    "daily": _("goes with the letter of the day"),
    "waiting": _("waiting to be sent"),
    "sent": _("handed over"),
    "failed": _("could not be delivered"),
}
"""What has become of the letter to somebody who was told."""
LINK = {
    "amends": pgettext_lazy("what a decision does to another", "Amends"),
    "supersedes": pgettext_lazy("what a decision does to another", "Supersedes"),
    "implements": pgettext_lazy("what a decision does to another", "Implements"),
}
LINKED = {
    "amends": pgettext_lazy("what another does to a decision", "Amended by"),
    "supersedes": pgettext_lazy("what another does to a decision", "Superseded by"),
    "implements": pgettext_lazy("what another does to a decision", "Implemented by"),
}
STATEMENT = {
    "interpretative": _("interpretative statement"),
    "reservation": _("reservation"),
}
FOLLOW_UP = {
    "open": pgettext_lazy("something owed", "Open"),
    "under-way": pgettext_lazy("something owed", "Under way"),
    "done": pgettext_lazy("something owed", "Done"),
    "lapsed": pgettext_lazy("something owed", "Lapsed"),
}
FOLLOW_UP_SIGN = {
    "open": ("", "open"),
    "under-way": ("wait", "half"),
    "done": ("ok", "ok"),
    "lapsed": ("", "wait"),
}
"""The kind and the sign of a status, as ui/state.html shows them."""
SECRETARIAT = _("the Secretariat")
DOES = {
    "consider": pgettext_lazy("what a body does", "considers"),
    "positively-consider": pgettext_lazy("what a body does", "considers positively"),
    "support-in-principle": pgettext_lazy("what a body does", "supports in principle"),
    "agree": pgettext_lazy("what a body does", "agrees"),
    "finalise": pgettext_lazy("what a body does", "finalises"),
    "approve": pgettext_lazy("what a body does", "approves"),
    "recommend": pgettext_lazy("what a body does", "recommends"),
    "take-note": pgettext_lazy("what a body does", "takes note"),
    "review": pgettext_lazy("what a body does", "reviews"),
    "endorse": pgettext_lazy("what a body does", "endorses"),
    "adopt": pgettext_lazy("what a body does", "adopts"),
    "welcome": pgettext_lazy("what a body does", "welcomes"),
    "establish": pgettext_lazy("what a body does", "establishes"),
    "elect": pgettext_lazy("what a body does", "elects"),
    "admit": pgettext_lazy("what a body does", "admits"),
    "launch": pgettext_lazy("what a body does", "launches"),
}
"""What a form offers a body to do."""


# ------------------------------------------------------------------------------------------------ silence
@dataclass(frozen=True, slots=True)
class Option:
    """A choice with what it means."""

    title: Any
    help: Any = ""

    def __str__(self) -> str:
        return str(self.title)


STAGE = {
    "proposed": _("proposed"),
    "running": _("running"),
    "ended": _("ended"),
    "adopted": _("adopted"),
    "broken": _("broken"),
    "withdrawn": _("withdrawn"),
    "refused": _("refused"),
    "lapsed": _("lapsed"),
}
SIGN = {
    "proposed": ("wait", "open"),
    "running": ("wait", "half"),
    "ended": ("wait", "wait"),
    "adopted": ("ok", "ok"),
    "broken": ("stop", "stop"),
    "withdrawn": ("", "no"),
    "refused": ("stop", "stop"),
    "lapsed": ("", "no"),
}
"""The sign of a stage: its colour, and its picture."""

SHAPE = {
    "subject-to-silence": Option(
        _("Approved in the room, subject to silence"),
        _("A session approved the text; capitals have until the end of silence to object."),
    ),
    "recommended": Option(
        _("On the recommendation of a lower body"),
        _("A lower body recommends that this one decide between its meetings."),
    ),
    "regulation": Option(
        _("By a regulation"), _("A regulation names silence as the alternative to a decision in a meeting.")
    ),
}
REPLY = {
    "acknowledgement": Option(_("Acknowledge"), _("The text was received. It says nothing of consent.")),
    "comment": Option(_("Comment"), _("Silence goes on.")),
    "statement": Option(
        _("Interpretative statement"), _("Silence goes on; the statement is attached to the decision.")
    ),
    "reservation": Option(_("Reservation"), _("Silence goes on; the reservation is attached to the decision.")),
    "objection": Option(_("Objection"), _("It breaks silence: the procedure stops for all at once.")),
    "amendment": Option(
        _("Amendment"), _("It breaks silence: the procedure stops for all at once, and all read your wording.")
    ),
}
LATE = {
    kind: Option(REPLY[kind].title, _("Silence has ended: it is recorded as late, and changes nothing."))
    for kind in ("objection", "amendment")
}
SAID = {
    "acknowledgement": _("%(party)s acknowledged"),
    "comment": _("%(party)s commented"),
    "statement": _("%(party)s made an interpretative statement"),
    "reservation": _("%(party)s made a reservation"),
    "objection": _("%(party)s objected"),
    "amendment": _("%(party)s proposed an amendment"),
}
ANSWER = {
    "objection": _("objected"),
    "amendment": _("proposed an amendment"),
    "reservation": _("reserved"),
    "statement": _("made a statement"),
    "acknowledgement": _("acknowledged"),
    "comment": _("commented"),
    "": _("no reply"),
}
"""What a party did, from the weightiest."""
COUNTED = {"ok": _("acknowledged"), "res": _("reserved"), "brk": _("broke silence"), "no": _("no reply")}
VOICED = {
    "acknowledgement": _("Acknowledgement"),
    "comment": _("Comment"),
    "statement": _("Interpretative statement"),
    "reservation": _("Reservation"),
    "objection": _("Objection"),
    "amendment": _("Amendment"),
}


UTC = dt.UTC


def parts_left(left: dt.timedelta) -> list[tuple[int, str]]:
    """A time that is left, in the parts that matter: days, hours and minutes; nothing once it is over."""
    minutes = max(int(left.total_seconds()) // 60, 0)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    counted = [
        (days, ngettext("day", "days", days)),
        (hours, ngettext("hour", "hours", hours)),
        (minutes, ngettext("minute", "minutes", minutes)),
    ]
    while counted and counted[0][0] == 0:
        counted.pop(0)
    return counted


def left(duration: dt.timedelta) -> str:
    """A time that is left as a list shows it: the two largest parts."""
    return " ".join(f"{number} {word}" for number, word in parts_left(duration)[:2])


def brief(at: dt.datetime) -> str:
    """An instant at the seat where there is little room: `11 Dec, 13:48`."""
    local = at.astimezone(settings.CHARTER.zone)
    return f"{short_day(Day(local.date()))}{gettext(', ')}{local:%H:%M}"


def moment(at: dt.datetime, zone: dt.tzinfo) -> str:
    """An instant on a clock, with the day of the week: `Friday, 11 December 2026, 17:00`."""
    local = at.astimezone(zone)
    comma = gettext(", ")
    day = date_format(local.date(), pgettext("date format", "j F Y"))
    return f"{date_format(local.date(), 'l')}{comma}{day}{comma}{local:%H:%M}"

TERM = {
    "next": _("the next term"),
    "after-next": _("the term after the next"),
}
PROGRESS = {
    "declared": pgettext_lazy("a candidature", "declared"),
    "under-silence": pgettext_lazy("a candidature", "under silence"),
    "recommended": pgettext_lazy("a candidature", "recommended"),
    "elected": pgettext_lazy("a candidature", "elected"),
    "withdrawn": pgettext_lazy("a candidature", "withdrawn"),
}
HAND = {
    "outgoing": _("the outgoing Chair"),
    "incoming": _("the incoming Chair"),
    "secretariat": _("the Secretariat"),
}
