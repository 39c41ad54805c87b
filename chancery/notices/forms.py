"""The shape of what is typed about being told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chancery.core.forms import Select

from . import kinds
from .models import Feed
from .rules import FeedKind, Mail

MAIL = [
    (Mail.AT_ONCE.value, _("At once")),
    (Mail.DAILY.value, _("Once a day")),
    (Mail.NEVER.value, pgettext_lazy("letters", "Never")),
]
FEEDS = {FeedKind.CALENDAR.value: _("Calendar"), FeedKind.ATOM.value: _("News of your desk (Atom)")}


class WishesForm(forms.Form):
    """For each kind of event that has no effect in law, when a letter is to come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in kinds.all_kinds():
            if not one.legal:
                self.fields[one.event] = forms.ChoiceField(
                    label=one.name, choices=MAIL, initial=one.mail.value, widget=Select
                )


class FeedForm(forms.Form):
    kind = forms.ChoiceField(choices=list(FEEDS.items()))


class SeenForm(forms.Form):
    """Up to which instant somebody has seen everything, or which one notice."""

    until = forms.DateTimeField()
    ref = forms.CharField(max_length=20, required=False)


def feed_name(feed: Feed) -> Any:
    return FEEDS[feed.kind]
