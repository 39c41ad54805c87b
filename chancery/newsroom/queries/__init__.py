"""Reading the news and the Digest."""

from .digest import (
    Issue,
    compose_edition,
    edition_on,
    editions_on,
    happenings,
    issue_draft,
    issue_drafts,
    issues_on,
    last_edition,
    latest_edition,
    quarters_to_compose,
    stories,
)  # fmt: skip
from .news import (
    Item,
    coming_release,
    draft,
    drafts,
    due_releases,
    is_public_file,
    item_of,
    item_on,
    latest_news,
    months_on,
    names_file,
    narrowest,
    near,
    news_about,
    news_on,
    parts,
    pictures_of,
    public_among,
    published,
    reported,
    version,
)  # fmt: skip

__all__ = [
    "Issue", "Item", "coming_release", "compose_edition", "draft", "drafts", "due_releases", "edition_on",
    "editions_on", "happenings", "is_public_file", "issue_draft", "issue_drafts", "issues_on", "item_of",
    "item_on", "last_edition", "latest_edition", "latest_news", "months_on", "names_file", "narrowest",
    "near", "news_about", "news_on", "parts", "pictures_of", "public_among", "published",
    "quarters_to_compose", "reported", "stories", "version",
]  # fmt: skip
