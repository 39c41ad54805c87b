"""One server and one browser for all journeys: one worker makes them.

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


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/journeys/"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="package")
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


@pytest.fixture(scope="package")
def _standing(browser: Browser, site: Served, keys: Callable[[str], Any]) -> Iterator[Callable[[str], Page]]:
    opened: dict[str, Page] = {}

    def page_of(name: str) -> Page:
        if name not in opened:
            context = browser.new_context(
                base_url=site.origin, storage_state=keys(name) if name else None, reduced_motion="reduce"
            )
            context.set_default_timeout(_PATIENCE)
            opened[name] = context.new_page()
        return opened[name]

    yield page_of
    for page in opened.values():
        page.context.close()


@pytest.fixture
def standing(_standing: Callable[[str], Page]) -> Callable[[str], Page]:
    """The window of somebody that stays open from test to test, for those that only look: to open one costs more than
    to look at a page."""

    def page_of(name: str = "") -> Page:
        page = _standing(name)
        page.goto("about:blank")  # what the page before still asked for ends here
        return page

    return page_of
