"""A version in a language, as the formal copies say it."""

from django.conf import settings

from chancery.core.models import Source

from ..models import Version
from ..queries.documents import Reading, rendered
from ..rules import blocks
from ..rules.symbols import DocumentKind
from ..rules.translation import Freshness, Standing
from .names import Edition, Expression, Named, Rendering


def of(version: Version, language: str) -> Expression | None:
    """The expression of a version (with its document and body) in a language; None where it cannot be read in it.
    What is not translated is left empty: one file speaks one language."""
    reading = rendered(version, language)
    if reading is None:
        return None
    document, charter = version.document, settings.CHARTER
    text = tuple(reading.text())
    return Expression(
        organisation=Named(charter.ref, charter.name.wording(language).text),
        body=Named(document.body_id, document.body.name.wording(language).text),
        ref=document.ref, symbol=document.symbol, kind=DocumentKind(document.kind), tabled=document.tabled,
        title=document.title.wording(language).text, language=language, editions=_editions(version), blocks=text,
        digest=blocks.digest(text, language), adopted=version.digest, translated=_rendering(version, reading),
        issued=charter.issued_by_organisation, sources=_sources(version.source),
    )  # fmt: skip


def _editions(version: Version) -> tuple[Edition, ...]:
    before = Version.objects.filter(document=version.document_id, position__lte=version.position).defer("blocks")
    return tuple(Edition(one.position, one.suffix, one.circulated) for one in before.order_by("position"))


def _rendering(version: Version, reading: Reading) -> Rendering | None:
    made = reading.translation
    if made is None:
        return None
    behind = {one.id: one.freshness for one in reading.blocks if one.freshness is not Freshness.CURRENT}
    return Rendering(version.language, Standing(made.standing), made.circulated, behind)


def _sources(refs: str) -> tuple[Named, ...]:
    found = Source.objects.in_bulk(refs.split())
    return tuple(Named(ref, found[ref].title) for ref in refs.split() if ref in found)
