"""Reading the news and the Digest."""

from .digest import (
    Issue, compose_edition, edition_on, editions_on, issue_draft, issue_drafts, issues_on, last_edition,
    latest_edition, quarters_to_compose,
)  # fmt: skip
from .news import (
    Filters, Item, coming_release, draft, drafts, due_releases, is_public_file, item_on, latest_news, months_on,
    names_file, news_about, news_on, pictures_of, reported, version,
)  # fmt: skip

__all__ = [
    "Filters", "Issue", "Item", "coming_release", "compose_edition", "draft", "drafts", "due_releases", "edition_on",
    "editions_on", "is_public_file", "issue_draft", "issue_drafts", "issues_on", "item_on", "last_edition",
    "latest_edition", "latest_news", "months_on", "names_file", "news_about", "news_on", "pictures_of",
    "quarters_to_compose", "reported", "version",
]  # fmt: skip
