"""What a reader asks of the ledger of a text."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from chancery.core.forms import ChoiceField, choices
from chancery.meetings.forms import ANY, ListFilter, Options

from .. import words
from ..rules.ledger import BRACKETS, MOVED, PENDING, SETTLED
from ..rules.proposals import ProposalStatus


class LedgerFilter(ListFilter):
    """A filter of the proposals on a text; `paragraphs`, `parties`, `rounds` and `bodies` are those that they name."""

    since = to = None

    q = forms.CharField(label=gettext_lazy("Words"), max_length=100, required=False)
    paragraph = ChoiceField(label=gettext_lazy("Paragraph"), required=False)
    party = ChoiceField(label=gettext_lazy("Proposed by"), required=False)
    status = ChoiceField(label=pgettext_lazy("of a proposal", "Status"), required=False)
    round = ChoiceField(label=gettext_lazy("Tabled in"), required=False)
    ended = ChoiceField(label=gettext_lazy("Settled in"), required=False)
    left = ChoiceField(label=gettext_lazy("Open at the end of"), required=False)
    body = ChoiceField(label=gettext_lazy("Tabled before"), required=False)

    first = ("q", "paragraph", "party", "status")
    field_order = ["q", "paragraph", "party", "status", "round", "ended", "left", "body"]

    def __init__(
        self, data: Any, *, paragraphs: Options, parties: Options, rounds: Options, bodies: Options
    ) -> None:  # fmt: skip
        statuses = [
            ANY, (BRACKETS, _("in brackets")), (PENDING, _("in brackets, not translated yet")),
            (MOVED, _("in brackets, on words that have changed")), (SETTLED, _("settled")),
            *choices(ProposalStatus, words.PROPOSAL),
        ]  # fmt: skip
        super().__init__(
            data, paragraph=[ANY, *paragraphs], party=[ANY, *parties], status=statuses, round=[ANY, *rounds],
            ended=[ANY, *rounds], left=[ANY, *rounds], body=[ANY, *bodies],
        )  # fmt: skip
