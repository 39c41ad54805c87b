"""Which formal copies of a version a reader may have."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from chancery.core import navigation
from chancery.core.charter import LANGUAGE_NAMES
from chancery.core.signing import identity

from ..models import Translation, Version
from ..rules.translation import Standing

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Copies:
    """Formal copies by language (code, name): those that are signed, and those as Akoma Ntoso. `refusal` says why
    nothing can be signed now; `by_test_key` that a signature would prove nothing to others."""

    signed: list[Choice]
    xml: list[Choice]
    by_test_key: bool
    refusal: str


def of(version: Version, reader: Any, translations: Iterable[Translation] | None = None) -> Copies:
    """The copies of a version that the reader may read: one query where its translations, and those of the versions
    before it, are known already, in their order."""
    standings = _standings(version, _translations(version) if translations is None else translations)
    signed = _signed(standings) if is_adopted(version, reader) else []
    refusal = identity.refusal() if signed else None
    return Copies(_named(signed), _named(standings), not settings.SIGNING_KEY, refusal.text() if refusal else "")


def signed_in(version: Version, reader: Any) -> list[str]:
    """The languages in which the reader may have a signed copy."""
    return _signed(_standings(version, _translations(version))) if is_adopted(version, reader) else []


def is_adopted(version: Version, reader: Any) -> bool:
    """Whether this version was adopted for good, as far as the reader may know: the hint `adopted-versions` is the
    area's above, which knows what bodies decided."""
    adopted = navigation.hint("adopted-versions", reader)
    return adopted is not None and adopted.filter(ref=version.ref).exists()


def _translations(version: Version) -> QuerySet[Translation]:
    made = Translation.objects.filter(version__document=version.document_id, version__position__lte=version.position)
    return made.defer("texts").order_by("version__position", "position")


def _standings(version: Version, translations: Iterable[Translation]) -> dict[str, Standing]:
    """The languages in which a version can be read, its own first. A translation of an earlier version is official
    no longer, since what changed is not in it."""
    found = {version.language: Standing.OFFICIAL}
    for one in translations:
        if one.language != version.language:
            found[one.language] = Standing(one.standing) if one.version_id == version.ref else Standing.WORKING
    return {code: found[code] for code in (version.language, *settings.CHARTER.languages) if code in found}


def _signed(standings: dict[str, Standing]) -> list[str]:
    """The organisation vouches for what was adopted and for its official translations, and for nothing else."""
    return [code for code, standing in standings.items() if standing is Standing.OFFICIAL]


def _named(codes: Any) -> list[Choice]:
    return [(code, LANGUAGE_NAMES.get(code, code)) for code in codes]
