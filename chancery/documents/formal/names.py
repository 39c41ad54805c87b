"""What a formal copy says of its text, as plain values, and the names by which Akoma Ntoso knows it.

Source: Akoma Ntoso Naming Convention 1.0 (OASIS, 2019), sections 4 and 5. A name never changes: it is made of the
charter's reference, the document's, and days."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..rules.blocks import Block
from ..rules.symbols import DocumentKind
from ..rules.translation import Freshness, Standing

ALPHA_3 = {"en": "eng", "ru": "rus", "ar": "ara", "kk": "kaz", "zh": "zho", "fr": "fra"}
"""ISO 639-2, which the naming convention asks for."""

STATEMENTS = frozenset(
    {
        DocumentKind.STATEMENT, DocumentKind.DECISION, DocumentKind.DECLARATION, DocumentKind.CATALOGUE,
        DocumentKind.MEMORANDUM, DocumentKind.REGULATIONS, DocumentKind.MODALITIES,
    }
)  # fmt: skip
"""What states say together: `statement`, as in the United Nations' profile; every other paper is a `doc`."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a reference of the record and a name."""

    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of the text: its place from 1, `Rev.2` or empty, and the day on which it was circulated."""

    position: int
    suffix: str
    circulated: dt.date


@dataclass(frozen=True, slots=True)
class Rendering:
    """That the text is a translation: from which language, what it is worth, and since when."""

    language: str
    standing: Standing
    circulated: dt.date
    freshness: Mapping[str, Freshness] = field(default_factory=dict)  # by block, where it is not current


@dataclass(frozen=True, slots=True)
class Expression:
    """A version of a document in one language. `editions` are the versions up to this one, which is the last;
    `digest` is the SHA-256 of the words here, `adopted` that of the version in the language of the document.

    `issued` says whether the organisation itself keeps the record; `sources` where the text was learnt."""

    organisation: Named
    body: Named
    ref: str
    symbol: str
    kind: DocumentKind
    title: str
    tabled: dt.date
    language: str
    editions: tuple[Edition, ...]
    blocks: tuple[Block, ...]
    digest: str
    adopted: str
    translated: Rendering | None = None
    issued: bool = True
    sources: tuple[Named, ...] = ()

    @property
    def edition(self) -> Edition:
        return self.editions[-1]

    @property
    def element(self) -> str:
        return "statement" if self.kind in STATEMENTS else "doc"

    @property
    def called(self) -> str:
        """`PRA/MC/7/DOC.3/Rev.1`, or the reference of a document without a symbol."""
        return "/".join(filter(None, (self.symbol or self.ref, self.edition.suffix)))

    @property
    def is_authoritative(self) -> bool:
        """Whether the organisation vouches for these very words: the original, or an official translation."""
        return self.issued and (self.translated is None or self.translated.standing is Standing.OFFICIAL)

    @property
    def work(self) -> str:
        """`/akn/practice/statement/declaration/mc/2024-12-03/pra-mc-7-doc-3`."""
        parts = ("akn", self.organisation.ref, self.element, self.kind.value, self.body.ref, self.tabled.isoformat())
        return f"/{'/'.join(parts)}/{self.ref}"

    def expression(self, edition: Edition | None = None, language: str = "") -> str:
        """`…/eng@2024-12-09/rev.1`: the language, the day of the version and, beyond the first, which it is."""
        one = edition or self.edition
        version = f"/{one.suffix.lower()}" if one.suffix else ""
        return f"{self.work}/{alpha_3(language or self.language)}@{one.circulated.isoformat()}{version}"


def alpha_3(language: str) -> str:
    return ALPHA_3.get(language, language)
