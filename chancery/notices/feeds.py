"""Personal feeds: what a calendar or a news reader fetches, with a secret in the address instead of a session.

What they say leaves the house, as letters do: of what is not public they name the symbol and the address, no more."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chancery.people.models import Account

from . import queries
from .kinds import kind
from .rules import FeedKind

Maker = Callable[[Account], bytes]
_makers: dict[FeedKind, tuple[Maker, str]] = {}


def add(one: FeedKind, make: Maker, media: str) -> None:
    """Says what stands in feeds of a kind; one kind has one maker."""
    _makers[one] = (make, media)


def made(one: FeedKind, owner: Account) -> tuple[bytes, str]:
    """A feed as its owner may see it now, and its media type."""
    make, media = _makers[one]
    return make(owner), media


def kinds() -> list[FeedKind]:
    return [one for one in FeedKind if one in _makers]


def of_notices(owner: Account) -> bytes:
    """The last notices of somebody as an Atom feed (RFC 4287)."""
    language = get_language() or settings.LANGUAGE_CODE
    feed = Atom1Feed(
        title=_("%(short)s: news of your desk") % {"short": settings.CHARTER.short},
        link=settings.ORIGIN + reverse("notices"),
        description="", language=language, author_name=str(settings.CHARTER.name),
    )  # fmt: skip
    for one in queries.latest(owner):
        feed.add_item(
            title=one.line or _("Something that is not public"), link=one.address(language),
            description=str(kind(one.event).name) if one.open else "", unique_id=f"urn:x-chancery:notice:{one.ref}",
            pubdate=one.at, updateddate=one.at,
        )  # fmt: skip
    return feed.writeString("utf-8").encode()
