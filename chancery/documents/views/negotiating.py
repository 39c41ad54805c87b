"""What the pages of a text under negotiation share: who may see it, its paragraphs as rows, and the form of one act, on
a page of its own or, for a script, in the place of the paragraph."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import forms
from chancery.core.asof import now
from chancery.core.templatetags.chancery import offset, plain
from chancery.people import policy

from .. import words
from ..queries import negotiation as queries
from ..queries.negotiation import WHOLE, Negotiation
from ..rows import Rows


def seen_by(
    request: HttpRequest, ref: str, block: str | None = None, *, proposed: bool = False, ever: bool = False
) -> Negotiation:
    """The text, or one of its paragraphs: of those on which positions are taken, or of all on which one may propose,
    those `proposed` too (or that `ever` were). A 404 for what is not there and for what may not be read."""
    only = None if block is None else block_of(block)
    seen = queries.negotiation(request.user, ref, only)
    if seen is None or (only and not (seen.has(only, ever=ever) if proposed else only in seen.text.negotiated)):
        raise Http404
    policy.require(request.user, "documents.see-negotiations")
    return seen


def led_by(
    request: HttpRequest, ref: str, act: str, block: str | None = None, *, proposed: bool = False
) -> Negotiation:
    """The same for whoever leads the negotiation."""
    seen = seen_by(request, ref, block, proposed=proposed)
    policy.require(request.user, act, seen.document.body_id)
    return seen


def block_of(named: str) -> str:
    return "" if named == WHOLE else named


def rows_for(request: HttpRequest, seen: Negotiation) -> Rows:
    """The paragraphs in the languages that the page shows; a fragment asks the page in which it stands."""
    asked = request.GET.get("text", "")
    if request.htmx and request.htmx.current_url:
        asked = QueryDict(urlsplit(request.htmx.current_url).query).get("text", "")
    return Rows(seen, asked)


def fragment(seen: Negotiation, rows: Rows, block: str, **more: Any) -> HttpResponse:
    """A paragraph alone, where the text stands and what is still asked, each to take its place on the page; without
    what pages have around their subject."""
    context = {"seen": seen, "rows": rows, "row": rows.row(block), "swapped": True, **asked(seen), **more}
    return HttpResponse(render_to_string("documents/paragraph_row.html", context))


def back_to(request: HttpRequest, seen: Negotiation, block: str) -> str:
    """Where one comes from: the paragraph alone for a script, its place on the page otherwise."""
    if request.htmx:
        return reverse("paragraph", args=[seen.document.ref, block or WHOLE])
    return f"{reverse('negotiation', args=[seen.document.ref])}#{block or WHOLE}"


def asked(seen: Negotiation) -> dict[str, Any]:
    """What is asked of the reader's delegation, with the numbers of the paragraphs."""
    return {
        "due": [(one, [(block, seen.numbers[block]) for block in one.blocks]) for one in seen.due],
        "capitals": [(block, seen.numbers[block]) for block in seen.capitals],
        "promise": promise(seen),
        "rest": seen.unspoken if seen.reader.speaks and seen.reader.member and not seen.closed else [],
    }


def promise(seen: Negotiation) -> str:
    """Who reads an answer to a sounding."""
    return str(words.SOUNDED.get(seen.sounded, ""))


def act_on(
    request: HttpRequest, seen: Negotiation, block: str, form: Form, do: Callable[[dict[str, Any]], Any], *,
    title: str, submit: str, **shown: Any,
) -> HttpResponse:  # fmt: skip
    """The form of one act, on a page that shows what it is about; for a script, in the place of the paragraph."""
    row, back = rows_for(request, seen).row(block), back_to(request, seen, block)
    template = "documents/paragraph_row.html" if request.htmx else "documents/paragraph_form.html"
    context = {
        "seen": seen, "row": row, "title": title, "submit": submit, "cancel": back, "action": request.get_full_path(),
        **shown,
    }  # fmt: skip
    return forms.act(request, form, do, template=template, done=lambda made: back, context=context)


def zones() -> str:
    """On which clock times are shown."""
    local = now().astimezone(settings.CHARTER.zone)
    place = plain(settings.CHARTER.seat_place)
    return _("Times are shown in %(place)s (UTC%(offset)s).") % {"place": place, "offset": offset(local)}
