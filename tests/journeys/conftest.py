"""One server and one browser for all journeys of a worker.

The browser lives only as long as this package's tests: while it does, Django takes the thread for an asynchronous
one and refuses the database to it, and other tests of the same worker need theirs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from .practice import Served, account, chromium, served, sign_in

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


_PATIENCE = 30_000  # milliseconds: a machine that does much else is slow, not wrong
expect.set_options(timeout=_PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/journeys/"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The practice record, served."""
    with served(tmp_path_factory.mktemp("practice") / "home") as made:
        yield made


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def keys(browser: Browser, site: Served) -> Callable[[str], Any]:
    """The session of an account, made once: a code opens the door only once in half a minute."""
    made: dict[str, Any] = {}

    def key(name: str) -> Any:
        if name not in made:
            context = browser.new_context(base_url=site.origin)
            sign_in(context.request, account(name))
            made[name] = context.storage_state()
            context.close()
        return made[name]

    return key


@pytest.fixture
def visit(browser: Browser, site: Served, keys: Callable[[str], Any]) -> Iterator[Callable[..., Page]]:
    """Opens the site in a browser of one's own: `visit("/en/", by="officer", javascript=False, width=390)`."""
    opened: list[BrowserContext] = []

    def open_(path: str = "", *, by: str = "", javascript: bool = True, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            base_url=site.origin, java_script_enabled=javascript, viewport={"width": width, "height": 900},
            storage_state=keys(by) if by else None, reduced_motion="reduce", **options,
        )  # fmt: skip
        opened.append(context)
        context.set_default_timeout(_PATIENCE)
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    yield open_
    for context in opened:
        context.close()
