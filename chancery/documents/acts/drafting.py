"""What may happen to the text of a document: it is drafted, circulated as a version, and translated.

A draft is a paper of the Secretariat and no part of the record: its acts seal private entries, which say who did
what to which draft and never its words. A version and a translation are made once and never change: what is to be
said otherwise is a further version, or a further translation of the same one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from chancery.core.refusals import OutOfDate
from chancery.core.text import tidy
from chancery.journal.acts import recording, seal
from chancery.notices.telling import Words, tell
from chancery.people import policy
from chancery.people.policy import Person

from ..models import Document, Draft, Translation, Version
from ..queries import drafting as queries
from ..queries import languages
from ..queries.languages import Known
from ..rules import blocks as texts_of_blocks
from ..rules import drafting as rules
from ..rules.blocks import Block
from ..rules.register import check_not_withdrawn
from ..rules.symbols import VersionKind
from ..rules.translation import Standing
from .register import enter


# ---------------------------------------------------------------- the draft
def save_draft(*, document: Document, blocks: Sequence[Mapping[str, Any]], edition: int, by: Person) -> Draft:
    """The next version of a text is written down, as far as it is. `blocks` are those of `models.Draft`; `edition` is
    the one that the editor had before him, 0 where there was no draft.

    Raises `OutOfDate`, `Withdrawn`, `TooManyBlocks`, `BlockTwice`, `BlockTooLong`."""
    policy.require(by, "documents.save-draft", document)
    passages = rules.read(blocks)
    rules.check(passages)
    with recording():
        document = _current(document)
        draft = _held(document, edition) or Draft(document=document, edition=0)
        draft.content = {"blocks": [one.kept() for one in passages]}
        draft.edition += 1
        draft.save()
        _seal_draft("documents.save-draft", draft, by)
    return draft


def discard_draft(*, document: Document, edition: int, by: Person) -> None:
    """The draft of the next version is given up; what was circulated stays. Raises `OutOfDate`."""
    policy.require(by, "documents.discard-draft", document)
    with recording():
        draft = _held(document, edition)
        if draft is None:
            raise OutOfDate
        _seal_draft("documents.discard-draft", draft, by)
        draft.delete()


def _held(document: Document, edition: int) -> Draft | None:
    """The draft as it is now that nobody else can change it. Raises `OutOfDate`."""
    found = Draft.objects.filter(document=document).first()
    if (found.edition if found else 0) != edition:
        raise OutOfDate
    return found


def _seal_draft(act: str, draft: Draft, by: Person) -> None:
    subjects = [f"documents:{draft.document_id}"]
    seal(act, subjects=subjects, said={"edition": draft.edition}, public=False, **policy.signed(by))


# ---------------------------------------------------------------- versions
def circulate(
    *, document: Document, blocks: Sequence[Block], translations: Mapping[str, Mapping[str, str]] | None = None,
    standing: Standing = Standing.WORKING, kind: VersionKind | None = None, draft: int | None = None,
    note: str = "", source: str = "", by: Person,
) -> Version:  # fmt: skip
    """A text is circulated: the original, then a revision unless a corrigendum is asked for. It never changes, and
    everybody whom it reaches is told.

    What is known of untouched paragraphs in other languages is carried over to the new version, so that only those
    that were touched turn stale; `translations` (language → block → words) are made from the new text and worth
    `standing`. With `draft`, the draft of that edition has become this version and is no more.

    An agreed paragraph keeps its words until it is reopened. A corrigendum, which mends what was adopted, is not
    bound by that: whether there may be one is for the guards.

    Raises `EmptyText`, `NoTitle`, `BlockTwice`, `BlockTooLong`, `TooManyBlocks`, `NothingChanged`, `FirstVersion`,
    `NotTheFirst`, `AgreedTextChanged`, `NotALanguage`, `UnknownBlock`, `Withdrawn`, `OutOfDate`, and what the guards
    raise."""
    policy.require(by, "documents.circulate", document)
    text = [replace(one, text=tidy(one.text)) for one in blocks]
    given = {code: _given(text, document.language, code, said) for code, said in (translations or {}).items()}
    with recording() as at:
        document = _current(document)
        last = queries.last_version(document)
        kind = queries.check_next(document, last, text, kind)
        version = Version.objects.create(
            ref=f"{document.ref}.{last.position + 1 if last else 1}", document=document,
            position=last.position + 1 if last else 1, kind=kind, number=queries.next_number(document, kind),
            circulated=settings.CHARTER.today(at), language=document.language, blocks=texts_of_blocks.keep(text),
            digest=texts_of_blocks.digest(text, document.language), note=tidy(note),
            source=source or document.source,
        )  # fmt: skip
        made = _carry_over(version, text, languages.known(last) if last else {}, given, standing)
        if draft is not None and (drafted := _held(document, draft)):
            drafted.delete()
        _tell(document, version, at)
        said = {"symbol": called(version), "digest": version.digest, "blocks": len(text)}
        enter(act="documents.circulate", document=document, facts=[version, *made], said=said, by=by)
    return version


def translate(
    *, version: Version, language: str, texts: Mapping[str, str], standing: Standing = Standing.WORKING,
    source: str = "", by: Person,
) -> Translation:  # fmt: skip
    """Paragraphs of a version are translated, or confirmed as they are known; the rest stays as it is in the last
    translation of this version. An empty text takes a paragraph's words out. `standing` is what the whole is worth.
    The earlier translation stays on the record; this one counts from now on.

    Raises `NotALanguage`, `UnknownBlock`, `NothingTranslated`, `Withdrawn`."""
    policy.require(by, "documents.translate", version.document)
    given = _given(version.text, version.language, language, texts)
    with recording() as at:
        document = _current(version.document)
        before = version.translations.filter(language=language).order_by("-position").first()
        whole = {**(before.texts if before else {}), **given}
        if before and (whole, standing) == (before.texts, before.standing) or not whole:
            raise rules.NothingTranslated
        made = _translation(version, language, whole, standing, settings.CHARTER.today(at), source or document.source)
        said = {"symbol": called(version), "language": language, "blocks": len(given)}
        enter(act="documents.translate", document=document, facts=[made], said=said, by=by)
    return made


def _current(document: Document) -> Document:
    """The document as it is now that nobody else can change it. Raises `Withdrawn`."""
    found = Document.objects.select_related("body", "session").get(ref=document.ref)
    check_not_withdrawn(found.withdrawn)
    return found


def _given(text: Sequence[Block], original: str, language: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Words in another language, tidied. Raises `NotALanguage`, `UnknownBlock`, `BlockTooLong`."""
    if language not in settings.CHARTER.languages or language == original:
        raise rules.NotALanguage(language=language)
    known = {one.id for one in text}
    for block in texts:
        if block not in known:
            raise rules.UnknownBlock(block=block)
    given = {block: tidy(said) for block, said in texts.items()}
    rules.check_length(given.values())
    return given


def _carry_over(
    version: Version, text: Sequence[Block], known: Mapping[str, Known], given: Mapping[str, Mapping[str, str]],
    standing: Standing,
) -> list[Translation]:  # fmt: skip
    """The translations of a new version: what is known of untouched paragraphs, and what was made for it."""
    made = []
    for code in settings.CHARTER.languages:
        carried = rules.untouched(text, known[code].then, known[code].texts) if code in known else {}
        fresh = given.get(code, {})
        if not carried and not fresh:
            continue
        worth = known[code].standing if carried else standing
        worth = rules.lower(worth, standing) if fresh else worth
        made.append(_translation(version, code, {**carried, **fresh}, worth, version.circulated, version.source))
    return made


def _translation(
    version: Version, language: str, texts: Mapping[str, str], standing: Standing, day: Any, source: str
) -> Translation:
    last = version.translations.filter(language=language).aggregate(last=Max("position"))["last"] or 0
    return Translation.objects.create(
        ref=f"{version.ref}.{language}.{last + 1}", version=version, language=language, position=last + 1,
        standing=standing, circulated=day, texts=dict(texts), source=source,
    )  # fmt: skip


def called(version: Version) -> str:
    """What a version is called: the symbol of its document with its own addition, or its reference."""
    symbol = version.document.symbol
    return "/".join(filter(None, (symbol, version.suffix))) if symbol else version.ref


def _tell(document: Document, version: Version, at: Any) -> None:
    """Everybody who speaks for a party that the document reaches."""
    name = called(version)

    def say(language: str) -> Words:
        title = document.title.wording(language).text
        return Words(_("%(symbol)s was circulated: %(title)s") % {"symbol": name, "title": title}, tidy(version.note))

    tell(
        subject=f"documents:{document.ref}", event="document-circulated", to=queries.told(document), say=say,
        link=("document", [document.ref]), at=at, open=document.is_public, hint=name,
    )  # fmt: skip
