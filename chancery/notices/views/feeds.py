"""Personal feeds, without a session and without a language in the address."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from chancery.people import letters, policy

from .. import feeds, queries
from ..models import Feed
from ..rules import FeedKind


@require_safe
def feed(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """What the owner of the address may see now; 404 where there is no such address any more."""
    try:
        found = queries.feed(token, FeedKind(kind))
    except (Feed.DoesNotExist, ValueError):
        raise Http404 from None
    if not policy.may(found.account, "notices.read-feed", found.account.ref):
        raise Http404
    with translation.override(letters.spoken(found.language)):
        content, media = feeds.made(FeedKind(kind), found.account)
    answer = HttpResponse(content, content_type=media)
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def address(kind: FeedKind, token: str) -> str:
    """The whole address of a feed, as it is told once."""
    return settings.ORIGIN + reverse("personal-feed", args=[token, kind.value])
