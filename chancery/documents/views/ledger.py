"""The ledger of a text under negotiation: what is still open, and with whom."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chancery.core.asof import now
from chancery.core.packing import packed
from chancery.people.doors import work_page

from ..forms.ledger import LedgerFilter
from ..queries.ledger import Ledger, listed
from ..rows.ledger import Shown
from .negotiating import seen_by, zones

PAGE = 50


@work_page
@packed
def ledger(request: HttpRequest, ref: str) -> HttpResponse:
    """What is open by paragraph, party, round and body, what blocks, who has not spoken, and the list of proposals;
    of a choice or a further page only the list."""
    seen = seen_by(request, ref)
    found = Ledger(seen)
    shown = Shown(found)
    asked = LedgerFilter(request.GET, **shown.choices)
    page = Paginator(listed(found, asked.asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "seen": seen,
        "ledger": found,
        "shown": shown,
        "filter": asked,
        "page": page,
        "rows": shown.rows(page.object_list),
        "at": now(),
        "zones": zones(),
        "narrowed": bool(asked.asked or asked.errors or "page" in request.GET),
    }
    return render(request, "documents/ledger.html", context, status=400 if asked.errors else 200)
