"""Editions as PDF: made once for each language by the clock, in a process of its own, and kept beside the files of
the record. No page waits for one, and no transaction is open while one is made."""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from . import words
from .models import Edition, IssueDraft
from .rules import digest_of

log = logging.getLogger("chancery.print")

SECONDS = 300.0  # the longest that one typesetting may take
AGAIN = 3600.0  # seconds after which a failed one is tried again
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Print:
    """Where the PDF of an issue in one language lies, or will lie."""

    path: Path

    @property
    def size(self) -> int | None:
        """Bytes; None while it is not there."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return None

    @property
    def failure(self) -> str:
        """Why it could not be made the last time; empty if it was not tried or succeeded."""
        try:
            return self._failed.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    @property
    def is_due(self) -> bool:
        """Whether it is still to be made, and was not found impossible just now."""
        if self.path.exists():
            return False
        try:
            return time.time() - self._failed.stat().st_mtime > AGAIN
        except FileNotFoundError:
            return True

    def make(self, content: Content, language: str) -> None:
        """Makes it, unless it is there or another process is at it. What cannot be typeset is noted beside it."""
        with _alone(self.path) as first:
            if not first or self.path.exists():
                return
            try:
                self._keep(typeset(content, language))
            except (ValueError, TimeoutError) as problem:
                self._failed.write_text(str(problem)[:2000] or type(problem).__name__, encoding="utf-8")
                log.exception("%s cannot be typeset", self.path.name)

    @property
    def _failed(self) -> Path:
        return self.path.with_suffix(".failed")

    def _keep(self, pdf: bytes) -> None:
        coming = self.path.with_suffix(".new")
        with open(coming, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        os.replace(coming, self.path)
        self._failed.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Whether this process is the only one at work on a file; the lock falls with the process that holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_suffix(".lock"), "wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def of_edition(ref: str, digest: str, language: str) -> Print:
    """The PDF of a published edition; named by its content too, should a load ever replace that."""
    return Print(_folder() / f"{ref}.{language}.{digest}.pdf")


def of_draft(issue: IssueDraft, language: str) -> Print:
    """The proof of one version of a draft."""
    name = f"{issue.quarter.lower()}.{issue.version}.{language}.{digest_of(issue.content)}.pdf"
    return Print(_folder() / "proofs" / name)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "digests"


# ---------------------------------------------------------------- the clock's part
def due(now: Any) -> list[tuple[str, str, str]]:
    """What the clock has to make: (`edition` or `proof`, its reference, language)."""
    editions = Edition.objects.order_by("-quarter", "-edition").values_list("ref", "digest")
    all_ = ((ref, digest, code) for ref, digest in editions for code in settings.CHARTER.interface)
    return [
        *(("edition", ref, code) for ref, digest, code in all_ if of_edition(ref, digest, code).is_due),
        *(("proof", issue.quarter, code) for issue, code in _asked() if of_draft(issue, code).is_due),
    ]


def _asked() -> Iterator[tuple[IssueDraft, str]]:
    for issue in IssueDraft.objects.exclude(proofs=""):
        for language in issue.proofs.split():
            yield issue, language


def make(key: tuple[str, str, str]) -> None:
    """Makes one of the PDFs that are due."""
    kind, ref, language = key
    if kind == "edition":
        edition = Edition.objects.get(ref=ref)
        of_edition(ref, edition.digest, language).make(edition.content, language)
    elif issue := IssueDraft.objects.filter(quarter=ref).first():
        of_draft(issue, language).make(as_edition(issue), language)
        _forget_proofs(issue)


def _forget_proofs(issue: IssueDraft) -> None:
    """Proofs of earlier versions serve nobody any more."""
    current = f"{issue.quarter.lower()}.{issue.version}."
    for path in (_folder() / "proofs").glob(f"{issue.quarter.lower()}.*"):
        if not path.name.startswith(current):
            path.unlink(missing_ok=True)


def as_edition(issue: IssueDraft) -> Content:
    """A draft in the form of the edition it would be, published on the day of its last change."""
    day = settings.CHARTER.today(issue.changed).isoformat()
    return {**issue.content, "edition": issue.content.get("edition") or 1, "published": day}


# ---------------------------------------------------------------- one typesetting
def typeset(content: Content, language: str) -> bytes:
    """The PDF of an edition, made in a process of its own. Raises `ValueError` for what cannot be printed, with the
    reason, and `TimeoutError`."""
    from .typesetting import typeset_apart  # only whoever prints needs it

    edition, files = printable(content, language), Path(settings.MEDIA_ROOT)
    return typeset_apart(edition, language=language, charter=charter(), files=files, timeout=SECONDS)


def printable(content: Content, language: str) -> Content:
    """The edition as the typesetter takes it. Where words of the language are a working translation, its standing
    says so."""
    working = _is_working(content, language)
    made = _plain(content)
    if working:
        banner = made.get("banner") or {}
        said = words.WORKING.get(language, words.WORKING["en"])
        made["banner"] = {**banner, language: f"{banner.get(language, '')} {said}".strip()}
    return made


def _is_working(value: Any, language: str) -> bool:
    if isinstance(value, dict):
        return language in value.get("working", ()) or any(_is_working(one, language) for one in value.values())
    return isinstance(value, list) and any(_is_working(one, language) for one in value)


def _plain(value: Any) -> Any:
    """Without the marks of working translations."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if name != "working"}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def charter() -> dict[str, Any]:
    """What a printed issue says of the organisation."""
    ours = settings.CHARTER
    texts = {name: dict(getattr(ours, name).texts) for name in ("name", "short", "address")}
    dimensions = [{"code": one.code, "name": dict(one.name.texts)} for one in ours.dimensions]
    return {
        **texts, "symbol": ours.symbol, "email": ours.email, "website": ours.website, "dimensions": dimensions,
        "issued_by_organisation": ours.issued_by_organisation, "languages": list(ours.languages),
    }  # fmt: skip
