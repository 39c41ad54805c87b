"""What becomes of proposals: a body settles them, the Chair merges them, an officer translates them; and the next
version is drafted from what was agreed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from chancery.bodies.models import Body
from chancery.core.templatetags.chancery import plain
from chancery.core.text import tidy
from chancery.journal.acts import recording
from chancery.meetings.models import Meeting
from chancery.notices.queries import voices
from chancery.notices.telling import Words, tell
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import words
from ..models import Draft, Proposal, Version
from ..queries import drafting, negotiation
from ..queries import proposals as queries
from ..queries.amendments import LazyOrders, amendment
from ..rules import proposals as rules
from ..rules.blocks import BlockKind
from ..rules.drafting import NothingChanged, Passage
from ..rules.edits import edits
from ..rules.positions import SessionElsewhere
from ..rules.proposals import CHAIR, OPEN, WORDED, Amendment, ProposalKind, ProposalStatus, Wish
from ..rules.readings import reading
from . import drafting as drafts
from .proposals import _check_open, _seal_proposals, _set_status, _wordings, propose

TAKEN_UP = frozenset({ProposalKind.WORDS, ProposalKind.ALTERNATIVE})
"""The kinds whose words a text of the Chair may take up."""


def settle(
    *, version: Version, proposals: Iterable[Proposal], status: ProposalStatus, body: Body,
    session: Meeting | None = None, by: Actor,
) -> list[Proposal]:  # fmt: skip
    """The Chair records what a body makes of proposals: agreed, agreed ad referendum, not retained, or taken up again
    (tabled). What is agreed is in the text from then on; what cannot stand in it with the rest is not agreed.

    Raises `NotAskedFor`, `NothingChosen`, `SessionElsewhere`, `ProposalSettled`, `AgreedAtOnce`, `ClashesWithAgreed`,
    `AgreedUpon`, `ParagraphClosed`, `NotTranslatedYet`."""
    policy.require(by, "documents.settle-proposals", body.ref)
    with recording() as at:
        latest = negotiation.latest(version)
        if session and session.body_id != body.ref:
            raise SessionElsewhere(session=session.title, body=body.name)
        rows = queries.of(latest.document, [one.ref for one in proposals])
        if not rows:
            raise rules.NothingChosen(field="proposals")
        for row in rows:
            rules.check_next(ProposalStatus(row.status), status, words.PROPOSAL[row.status])
        if status in (ProposalStatus.AGREED, ProposalStatus.AD_REFERENDUM):
            queries.check_paragraphs_open(latest, [row.block for row in rows])
            _check_takable(latest, rows)
        for row in rows:
            _set_status(row, status, latest, at)
            row.session = session.ref if session else ""
            row.save()
        _check_done(latest)
        signed = policy.signed(by, speaking="chair")
        where = [f"bodies:{body.ref}", *([f"meetings:{session.ref}"] if session else [])]
        _seal_proposals("documents.settle-proposals", rows, signed, about=where)
        _tell_authors(rows, latest, at)
    return rows


def _check_takable(version: Version, rows: Sequence[Proposal]) -> None:
    """Whether proposals can all be in the text. Raises `NotTranslatedYet`, `AgreedAtOnce`, `ClashesWithAgreed`."""
    language = version.language
    asked = [amendment(row, language) for row in rows]
    if any(one.pending for one in asked):
        raise rules.NotTranslatedYet(language=language)
    text = queries.standing(version, language)
    conflicts = reading(text, asked, {one.ref for one in asked}, LazyOrders(version.document)).conflicts
    called = {row.ref: str(row.number) for row in rows}
    among = [f"{called[one.one]} – {called[one.other]}" for one in conflicts if one.one != one.other]
    if among:
        raise rules.AgreedAtOnce(conflicts=", ".join(among))
    words_then = {one.id: one.text for one in queries.texts_of(version, language)}
    changed = {one.id: one.text for one in text.blocks if words_then.get(one.id) != one.text}
    whole = [one for one in asked if one.kind is ProposalKind.ALTERNATIVE]
    if conflicts or any(one.before != changed.get(one.block, one.before) for one in whole):
        raise rules.ClashesWithAgreed


def _check_done(version: Version) -> None:
    """Whether everything that is agreed is in the text. Raises `AgreedUpon`."""
    settled = queries.agreed(version)
    undone = queries.standing(version, version.language, settled).undone
    if numbers := [str(one.number) for one in settled if one.ref in undone]:
        raise rules.AgreedUpon(numbers=", ".join(numbers))


def merge(
    *, version: Version, block: str, text: str, proposals: Iterable[Proposal], reason: str = "", by: Actor
) -> Proposal:
    """The Chair proposes a text of a paragraph that takes up proposals of delegations: they are merged into it and
    their authors stay named beside it. One that adds the paragraph is not: its place goes with it.

    Raises `NothingToMerge`, and what `propose` raises."""
    policy.require(by, "documents.propose-for-chair", version.document.body_id)
    with recording() as at:
        latest = negotiation.latest(version)
        rows = queries.of(latest.document, [one.ref for one in proposals])
        rows = [one for one in rows if one.status in OPEN and one.block == block and one.kind in TAKEN_UP]
        if not rows:
            raise rules.NothingToMerge
        (made,) = propose(
            version=latest, party=None, wishes=[Wish(ProposalKind.WORDS, block, text, reason=reason)],
            language=latest.language, by=by,
        )  # fmt: skip
        for row in rows:
            _set_status(row, ProposalStatus.MERGED, latest, at)
            row.into = made
            row.save()
        _seal_proposals("documents.merge-proposals", [made, *rows], policy.signed(by, speaking="chair"))
        _tell_authors(rows, latest, at)
    return made


def translate_proposal(*, proposal: Proposal, language: str, text: str, by: Actor) -> Proposal:
    """The words of a proposal in another language of the text: those of the whole paragraph, as it would then say.

    Raises `NotAskedFor`, `NotALanguageOfTheText`, `NoSuchParagraph`, `ProposalSettled`, and what the words raise."""
    policy.require(by, "documents.translate-proposal", proposal.document)
    with recording():
        row = queries.held(proposal.ref)
        latest = drafting.last_version(row.document)
        if ProposalKind(row.kind) not in WORDED or language == row.language:
            raise rules.NotALanguageOfTheText(language=language, languages=row.language)
        _check_open(row)
        standing = queries.standing(latest, language)
        if row.kind == ProposalKind.INSERT:
            kind = BlockKind(row.block_kind)
            before = ""
        else:
            block = queries.paragraph(latest, standing, row.block, language)
            kind, before = block.kind, block.text
        said = tidy(text)
        rules.check_words(before, said, kind)
        made = Amendment("", ProposalKind(row.kind), row.block, (), before=before, text=said)
        if row.kind == ProposalKind.WORDS:
            made = replace(made, edits=edits(before, said))
        row.wordings = {**row.wordings, **_wordings(made, language)}
        row.save(update_fields=["wordings"])
        _seal_proposals("documents.translate-proposal", [row], policy.signed(by), language=language)
    return row


def compile_draft(*, version: Version, by: Actor) -> Draft:
    """The next version is drafted from what was agreed: the words of the last one, in all its languages, with every
    agreed proposal in its place. An officer reads it and circulates it.

    Raises `NotAskedFor`, `NothingChanged`, `OutOfDate` where somebody drafts already."""
    policy.require(by, "documents.save-draft", version.document)
    with recording():
        latest = negotiation.latest(version)
        settled = queries.agreed(latest)
        if not settled:
            raise NothingChanged
        own = queries.standing(latest, latest.language, settled)
        said = {latest.language: {one.id: one.text for one in own.blocks}}
        for language in queries.languages_of(latest)[1:]:
            there = queries.standing(latest, language, settled)
            said[language] = {one.id: one.text for one in there.blocks}
        passages = [
            Passage(one.id, one.kind, {code: texts[one.id] for code, texts in said.items() if texts.get(one.id)})
            for one in own.blocks
        ]  # fmt: skip
        return drafts.save_draft(
            document=latest.document, blocks=[one.kept() for one in passages], edition=0, by=by
        )


def _tell_authors(rows: Sequence[Proposal], version: Version, at: dt.datetime) -> None:
    document = version.document
    parties = sorted({one for row in rows for one in [*row.parties.split(), *row.supporters.split()]} - {CHAIR})

    def say(language: str) -> Words:
        return Words(_("What became of proposals on: %(title)s") % {"title": plain(document.title)}, "")

    tell(
        subject=f"documents:{document.ref}", event="proposals-settled",
        to=voices(parties, settings.CHARTER.today(at)), say=say, link=("negotiation", [document.ref]), at=at,
        open=False, hint=document.symbol,
    )  # fmt: skip
