"""Editions as PDF: made once for each language by the clock, in a process of its own, and kept beside the files of
the record. No page waits for one, and no transaction is open while one is made."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from chancery.core.prints import Print

from . import words
from .models import Edition, IssueDraft
from .rules import digest_of

SECONDS = 300.0  # the longest that one typesetting may take
Content = dict[str, Any]


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
        of_edition(ref, edition.digest, language).make(partial(typeset, edition.content, language))
    elif issue := IssueDraft.objects.filter(quarter=ref).first():
        of_draft(issue, language).make(partial(typeset, as_edition(issue), language))
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
