"""The site map: every public page in every language of the interface."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from chancery.core import navigation

_ALONE = ("home", "chair", "posts", "about", "accessibility", "data-protection", "sources", "journal")


def addresses(subjects: Iterable[str]) -> Iterator[str]:
    """The full addresses of the pages that stand alone, of those the navigation names, and of the subjects."""
    views = dict.fromkeys([*_ALONE, *(entry.view for entry in navigation.public if not entry.args)])
    known = list(subjects)
    for language in settings.CHARTER.interface:
        with translation.override(language):
            pages = [*(reverse(view) for view in views), *filter(None, map(navigation.address, known))]
        yield from (f"{settings.ORIGIN}{page}" for page in pages)
