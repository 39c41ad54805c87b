"""What delegations and the Chair propose, support and settle: the brackets of a rolling text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from chancery.bodies.models import Body
from chancery.core.templatetags.chancery import plain
from chancery.core.text import tidy
from chancery.journal.acts import recording, seal
from chancery.meetings.models import Meeting
from chancery.notices.queries import presidency, voices
from chancery.notices.telling import Words, tell
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import words
from ..models import Draft, Proposal, Version
from ..queries import access, drafting, negotiation
from ..queries import proposals as queries
from ..queries.amendments import LazyOrders, amendment
from ..rules import positions
from ..rules import proposals as rules
from ..rules.blocks import BlockKind, new_ids
from ..rules.drafting import Passage
from ..rules.edits import edits
from ..rules.positions import NotOfTheParties, SessionElsewhere, WordsTooLong
from ..rules.proposals import CHAIR, OPEN, WORDED, Amendment, ProposalKind, ProposalStatus, Wish
from ..rules.readings import Standing, reading
from . import drafting as drafts

TAKEN_UP = frozenset({ProposalKind.WORDS, ProposalKind.ALTERNATIVE})
"""The kinds whose words a text of the Chair may take up."""


# ------------------------------------------------------------------------------------------------------ delegations
def propose(
    *, version: Version, party: Party | None, wishes: Sequence[Wish], language: str, by: Actor
) -> list[Proposal]:
    """A delegation tables proposals on a text, all of them or none; with no party the Chair does. What is changed in
    a paragraph is found by comparing its words with those that stand, word by word.

    Only an accredited voice of a member proposes, or an officer on the strength of its note verbale, on paragraphs that
    are open. Proposals that touch the same words are alternatives to each other: none is refused for that.

    Raises `NotAskedFor`, `NotOfTheParties`, `ObserverProposes`, `NotALanguageOfTheText`, `NoSuchParagraph`,
    `ParagraphClosed`, `WordsMovedOn`, `NothingProposed`, `NothingChosen`, `NothingSeen`, `BracketsByHand`,
    `BlockTooLong`, `TableLines`, `TitleStays`, `StaysWhereItIs`, `ProposedTwice`, `WordsTooLong`, `NoSuchProposal`,
    `NotYours`, `ProposalSettled`."""
    if not wishes:
        raise rules.NothingChosen
    if party is None:
        policy.require(by, "documents.propose-for-chair", version.document.body_id)
    else:
        policy.require(by, "documents.propose", party.ref)
    author = party.ref if party else CHAIR
    with recording() as at:
        latest = negotiation.latest(version)
        document = latest.document
        belongs = access.on(settings.CHARTER.today(at))
        policy.require(by, "documents.read", access.audience(document, belongs))
        if party and party.ref not in belongs.members:
            raise rules.ObserverProposes if party.ref in belongs.observers else NotOfTheParties(party=party.ref.upper())
        seen = queries.seen_for(by, author, document, belongs)
        texts: dict[str, Standing] = {}
        ids = new_ids(drafting.used_ids(document))
        number, body = queries.next_number(document), queries.body_now(document)
        signed = policy.signed(by, speaking=author)
        made: list[Proposal] = []
        replaced: list[Proposal] = []
        for place, wish in enumerate(wishes):
            said_in = wish.language or language
            if said_in not in texts:
                texts[said_in] = queries.standing(latest, said_in)
            amendment = queries.amended(latest, texts[said_in], said_in, author, wish, ids, seen)
            if queries.said_already(document, author, amendment, said_in):
                raise rules.ProposedTwice(party=author.upper() if party else _("The Chair"))
            row = Proposal(
                document=document, number=number + place, version=latest, kind=amendment.kind, block=amendment.block,
                block_kind=amendment.block_kind if amendment.kind is ProposalKind.INSERT else "",
                after=amendment.after, language=said_in, wordings=_wordings(amendment, said_in), parties=author,
                reason=_reason(wish.reason), body_id=body, at=at,
                account=signed["private"]["account"], capacity=signed["by"],
            )  # fmt: skip
            row.save()
            made.append(row)
            if wish.instead_of:
                if not Proposal.objects.filter(seen, document=document, ref=wish.instead_of).exists():
                    raise rules.NoSuchProposal
                replaced.append(_replaced(wish.instead_of, author, row, latest, at))
        _seal("documents.propose", [*made, *replaced], signed, party=author)
        _tell_chair(made, at)
    return made


def _wordings(one: Amendment, language: str) -> dict[str, dict[str, object]]:
    if one.kind not in WORDED:
        return {}
    return {language: {"before": one.before, "text": one.text, "edits": [list(edit) for edit in one.edits]}}


def _reason(text: str) -> str:
    text = tidy(text)
    if len(text) > positions.LONGEST:
        raise WordsTooLong(found=len(text), limit=positions.LONGEST, field="reason")
    return text


def _replaced(ref: str, author: str, by: Proposal, version: Version, at: object) -> Proposal:
    """An author's own proposal gives way to the one that follows it."""
    row = queries.held(ref)
    _check_own(row, author)
    _set(row, ProposalStatus.WITHDRAWN, version, at)
    row.into = by
    row.save()
    return row


def support(*, proposal: Proposal, party: Party, sponsor: bool = False, by: Actor) -> Proposal:
    """A delegation supports a proposal of others; as a `sponsor` it proposes it with them from then on.

    Raises `NotAskedFor`, `ObserverProposes`, `NotOfTheParties`, `ProposalSettled`, `OwnProposal`, `AlreadyKnown`."""
    policy.require(by, "documents.propose", party.ref)
    with recording() as at:
        row = _spoken_of(proposal, party, by, at)
        supporters = row.supporters.split()
        if sponsor:
            rules.check_supporter(party.ref, row.parties.split(), ())
            row.parties = " ".join([*row.parties.split(), party.ref])
            supporters = [one for one in supporters if one != party.ref]
        else:
            rules.check_supporter(party.ref, row.parties.split(), supporters)
            supporters = [*supporters, party.ref]
        row.supporters = " ".join(supporters)
        row.save(update_fields=["supporters", "parties"])
        signed = policy.signed(by, speaking=party.ref)
        _seal("documents.support-proposal", [row], signed, party=party.ref, sponsor=sponsor)
    return row


def end_support(*, proposal: Proposal, party: Party, by: Actor) -> Proposal:
    """A delegation does not support a proposal any more. Raises `NotSupported`, and what `support` raises."""
    policy.require(by, "documents.propose", party.ref)
    with recording() as at:
        row = _spoken_of(proposal, party, by, at)
        supporters = row.supporters.split()
        if party.ref not in supporters:
            raise rules.NotSupported
        row.supporters = " ".join(one for one in supporters if one != party.ref)
        row.save(update_fields=["supporters"])
        signed = policy.signed(by, speaking=party.ref)
        _seal("documents.end-support", [row], signed, party=party.ref)
    return row


def _spoken_of(proposal: Proposal, party: Party, by: Actor, at: object) -> Proposal:
    row = queries.held(proposal.ref)
    belongs = access.on(settings.CHARTER.today(at))
    policy.require(by, "documents.read", access.audience(row.document, belongs))
    if party.ref not in belongs.members:
        raise rules.ObserverProposes if party.ref in belongs.observers else NotOfTheParties(party=party.ref.upper())
    _check_open(row)
    return row


def withdraw(*, proposal: Proposal, party: Party | None, by: Actor) -> Proposal:
    """A delegation withdraws what it proposed (the Chair its own text, with no party). While others sponsor it, it
    stays as theirs. Raises `NotAskedFor`, `NotYours`, `ProposalSettled`."""
    author = party.ref if party else CHAIR
    if party:
        policy.require(by, "documents.propose", party.ref)
    else:
        policy.require(by, "documents.propose-for-chair", proposal.document.body_id)
    with recording() as at:
        row = queries.held(proposal.ref)
        _check_own(row, author)
        left = [one for one in row.parties.split() if one != author]
        if left:
            row.parties = " ".join(left)
        else:
            _set(row, ProposalStatus.WITHDRAWN, drafting.last_version(row.document), at)
        row.save()
        _seal("documents.withdraw-proposal", [row], policy.signed(by, speaking=author), party=author)
    return row


def _check_own(row: Proposal, author: str) -> None:
    if author not in row.parties.split():
        raise rules.NotYours(parties=", ".join(one.upper() for one in row.parties.split()))
    _check_open(row)


def _check_open(row: Proposal) -> None:
    if ProposalStatus(row.status) not in OPEN:
        raise rules.ProposalSettled(status=words.PROPOSAL[row.status])


# --------------------------------------------------------------------------------------------------------- the Chair
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
            _set(row, status, latest, at)
            row.session = session.ref if session else ""
            row.save()
        _check_done(latest)
        signed = policy.signed(by, speaking="chair")
        where = [f"bodies:{body.ref}", *([f"meetings:{session.ref}"] if session else [])]
        _seal("documents.settle-proposals", rows, signed, about=where)
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
            _set(row, ProposalStatus.MERGED, latest, at)
            row.into = made
            row.save()
        _seal("documents.merge-proposals", [made, *rows], policy.signed(by, speaking="chair"))
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
        _seal("documents.translate-proposal", [row], policy.signed(by), language=language)
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
            raise drafts.rules.NothingChanged
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


# ------------------------------------------------------------------------------------------------------------ pieces
def _set(row: Proposal, status: ProposalStatus, version: Version, at: object) -> None:
    row.status = status.value
    closed = status is not ProposalStatus.TABLED
    row.settled, row.settled_on = (at, version) if closed else (None, None)
    row.into = row.into if closed else None


def _seal(
    act: str, rows: Sequence[Proposal], signed: dict[str, object], *, about: Iterable[str] = (), **said: object
) -> None:
    document = rows[0].document
    blocks = list(dict.fromkeys(map(queries.place, rows)))
    seal(
        act,
        subjects=[*negotiation.subjects(document.ref, blocks), *(f"proposals:{row.ref}" for row in rows), *about],
        said={"symbol": document.symbol, "proposals": [_told(row) for row in rows], **said},
        public=False,
        **signed,
    )  # fmt: skip


def _told(row: Proposal) -> dict[str, object]:
    """A proposal as the journal keeps it, words and all."""
    told = {
        "ref": row.ref, "number": row.number, "kind": str(row.kind), "block": row.block, "after": row.after,
        "parties": row.parties.split(), "supporters": row.supporters.split(), "status": str(row.status),
        "version": row.version_id, "language": row.language, "reason": row.reason,
        "words": {code: one["text"] for code, one in row.wordings.items()},
        "into": row.into.ref if row.into else "",
    }  # fmt: skip
    return {key: value for key, value in told.items() if value}


def _tell_chair(rows: Sequence[Proposal], at: object) -> None:
    document = rows[0].document

    def say(language: str) -> Words:
        about = {"title": plain(document.title), "parties": _names(rows[0])}
        return Words(_("%(parties)s proposed on: %(title)s") % about, "")

    tell(
        subject=f"documents:{document.ref}", event="proposals-tabled",
        to=presidency(document.body_id, settings.CHARTER.today(at)), say=say, link=("negotiation", [document.ref]),
        at=at, open=False, hint=document.symbol,
    )  # fmt: skip


def _tell_authors(rows: Sequence[Proposal], version: Version, at: object) -> None:
    document = version.document
    parties = sorted({one for row in rows for one in [*row.parties.split(), *row.supporters.split()]} - {CHAIR})

    def say(language: str) -> Words:
        return Words(_("What became of proposals on: %(title)s") % {"title": plain(document.title)}, "")

    tell(
        subject=f"documents:{document.ref}", event="proposals-settled",
        to=voices(parties, settings.CHARTER.today(at)), say=say, link=("negotiation", [document.ref]), at=at,
        open=False, hint=document.symbol,
    )  # fmt: skip


def _names(row: Proposal) -> str:
    return ", ".join(_("The Chair") if one == CHAIR else one.upper() for one in row.parties.split())
