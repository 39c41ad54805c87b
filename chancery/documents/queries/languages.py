"""What is known of a text in other languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..models import Translation, Version
from ..rules.translation import Standing


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a text in another language: the words of each paragraph as they were translated last, the
    words of the original that they render, and the last translation, which says what the whole is worth."""

    texts: Mapping[str, str]
    then: Mapping[str, str]
    last: Translation

    @property
    def standing(self) -> Standing:
        return Standing(self.last.standing)


def known(version: Version, *languages: str) -> dict[str, Known]:
    """By language (all, or those asked for), what is known of a version: whichever version the words of a paragraph
    were translated from, so that those of a paragraph that was touched since are still there to be mended. Of
    several translations of one version the last counts. At most two queries."""
    rows = Translation.objects.filter(
        version__document=version.document_id, version__position__lte=version.position
    ).order_by("version__position", "position")
    if languages:
        rows = rows.filter(language__in=languages)
    latest = {(row.version_id, row.language): row for row in rows}
    wanted = {ref for ref, _language in latest} - {version.ref}
    originals = {version.ref: version, **(Version.objects.in_bulk(wanted) if wanted else {})}
    said = {ref: {one.id: one.text for one in found.text} for ref, found in originals.items()}
    made: dict[str, Known] = {}
    for (ref, language), row in latest.items():
        row.version = originals[ref]
        before = made.get(language)
        texts, then = (before.texts, before.then) if before else ({}, {})
        rendered = {block: said[ref].get(block, "") for block in row.texts}
        made[language] = Known({**texts, **row.texts}, {**then, **rendered}, row)
    return made
