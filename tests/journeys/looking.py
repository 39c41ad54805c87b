"""What is looked for on every page."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_OUTLINE = """() => {
  const box = document.scrollingElement
  if (box.scrollWidth <= box.clientWidth) return []
  const scrolls = one => {
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== 'visible') return true
    return false
  }
  const wide = [...document.body.querySelectorAll('*')].filter(one => {
    const place = one.getBoundingClientRect()
    return place.width && (place.right > box.clientWidth + 1 || place.left < -1) && !scrolls(one)
  })
  return wide.slice(0, 4).map(one => one.outerHTML.slice(0, 120)).concat(`${box.scrollWidth} px wide`)
}"""
_HEAD = """() => ({
  h1: document.querySelectorAll('h1').length, main: document.querySelectorAll('main').length,
  title: document.title.trim(), lang: document.documentElement.lang, dir: document.documentElement.dir,
  twice: [...document.querySelectorAll('[id]')].map(one => one.id).filter((id, at, all) => all.indexOf(id) !== at),
})"""


@dataclass
class Watch:
    """What the browser complains of while a page is open: errors, breaches of the content policy, and requests to
    anybody else."""

    page: Page
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " breach => console.error('policy', breach.effectiveDirective, breach.blockedURI, breach.sample))"
        )
        self.page.on("console", lambda said: self._hear(said.type in ("error", "warning"), said.text))
        self.page.on("pageerror", lambda problem: self._hear(True, f"script: {problem}"))
        self.page.on("requestfailed", lambda one: self._hear(True, f"not loaded: {one.url} {one.failure}"))
        self.page.on("request", lambda one: self._hear(self._abroad(one.url), f"asked elsewhere: {one.url}"))

    def _hear(self, wrong: bool, words: str) -> None:
        if wrong:
            self.heard.append(words)

    def _abroad(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme not in ("data", "blob", "about") and parts.hostname != "localhost"


_watched: dict[Page, Watch] = {}


def look_at(page: Page, path: str, *, status: int = 200) -> list[str]:
    """What is wrong with a page: what the browser says, its outline, its width, and what axe finds in both
    schemes (of the second only contrast can differ)."""
    watch = _watch(page)
    _screen(page)
    answer = page.goto(path)
    return [
        *([] if answer.status == status else [f"answered {answer.status}"]),
        *look(page),
        *(said for said in watch.heard if status == 200 or "Failed to load resource" not in said),
    ]


def _watch(page: Page) -> Watch:
    """One watch for each page, however often it is looked at; it begins anew each time."""
    if page not in _watched:
        _watched[page] = Watch(page)
        page.once("close", lambda one: _watched.pop(one))
    _watched[page].heard.clear()
    return _watched[page]


def _screen(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})


def look(page: Page) -> list[str]:
    """What is wrong with the page that is open, such as one that answers a form."""
    _screen(page)
    return [
        *outline(page, language=urlsplit(page.url).path.split("/")[1]),
        *barriers(page),
        *overflow(page, 1440),
        *overflow(page, 390),
        *overflow(page, 320),
        *dark(page),
    ]


def dark(page: Page) -> list[str]:
    page.emulate_media(color_scheme="dark")
    return [f"dark: {words}" for words in barriers(page, "color-contrast")]


def outline(page: Page, *, language: str) -> list[str]:
    """One heading, one main part, a title, and the language and direction of the page."""
    seen = page.evaluate(_HEAD)
    expected = {"h1": 1, "main": 1, "lang": language, "dir": "rtl" if language == "ar" else "ltr", "twice": []}
    wrong = [f"{name}: {seen[name]!r}, not {value!r}" for name, value in expected.items() if seen[name] != value]
    return wrong if not seen["title"].startswith("·") else [*wrong, f"title: {seen['title']!r}"]


def overflow(page: Page, width: int) -> list[str]:
    """What makes the page wider than a screen of `width`, so that one has to scroll sideways."""
    page.set_viewport_size({"width": width, "height": 800})
    return [f"at {width}: {words}" for words in page.evaluate(_OUTLINE)]


def barriers(page: Page, *rules: str) -> list[str]:
    """What axe finds: all of WCAG 2.0 to 2.2, A and AA, or only some rules."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    asked = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": RULES}
    found = page.evaluate("asked => axe.run({runOnly: asked, resultTypes: ['violations']})", asked)
    return [
        f"{one['id']}: {', '.join(str(node['target'][0]) for node in one['nodes'][:4])} ({one['help']})"
        for one in found["violations"]
    ]
