"""What delegations propose, support and withdraw, and what the Chair proposes: the brackets of a rolling text."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from chancery.core.templatetags.chancery import plain
from chancery.core.text import tidy
from chancery.journal.acts import recording, seal
from chancery.notices.queries import presidency
from chancery.notices.telling import Words, tell
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import words
from ..models import Document, Proposal, Version
from ..queries import access, drafting, negotiation
from ..queries import proposals as queries
from ..queries.access import Belonging
from ..rules import positions
from ..rules import proposals as rules
from ..rules.blocks import new_ids
from ..rules.positions import NotOfTheParties, WordsTooLong
from ..rules.proposals import CHAIR, OPEN, WORDED, Amendment, ProposalKind, ProposalStatus, Wish
from ..rules.readings import Standing


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
    author = _author(version.document, party, by)
    with recording() as at:
        latest = negotiation.latest(version)
        belongs = _heard(latest.document, party, by, at)
        seen = queries.seen_for(by, author, latest.document, belongs)
        tabling = _Tabling(latest, author, language, at, seen, policy.signed(by, speaking=author))
        made = [tabling.table(wish) for wish in wishes]
        replaced = [
            tabling.replace(wish.instead_of, row) for wish, row in zip(wishes, made, strict=True) if wish.instead_of
        ]  # fmt: skip
        _seal_proposals("documents.propose", [*made, *replaced], tabling.signed, party=author)
        _tell_chair(made, at)
    return made


def _author(document: Document, party: Party | None, by: Actor) -> str:
    """For whom somebody proposes, if the policy lets him: a party, or the Chair where none is named."""
    if party is None:
        policy.require(by, "documents.propose-for-chair", document.body_id)
        return CHAIR
    policy.require(by, "documents.propose", party.ref)
    return party.ref


def _heard(document: Document, party: Party | None, by: Actor, at: dt.datetime) -> Belonging:
    """Who belongs on the day of an act, if a party that speaks is among the members and reads the text. Raises
    `ObserverProposes`, `NotOfTheParties`."""
    belongs = access.on(settings.CHARTER.today(at))
    policy.require(by, "documents.read", access.audience(document, belongs))
    if party and party.ref not in belongs.members:
        raise rules.ObserverProposes if party.ref in belongs.observers else NotOfTheParties(party=party.ref.upper())
    return belongs


@dataclass
class _Tabling:
    """What is known, under the lock, while somebody tables proposals; `seen` are those that he may see."""

    version: Version
    author: str
    language: str
    at: dt.datetime
    seen: Q
    signed: dict[str, Any]

    def table(self, wish: Wish) -> Proposal:
        document, said_in = self.version.document, wish.language or self.language
        one = queries.amended(
            self.version, self._standing(said_in), said_in, self.author, wish, self._ids, self.seen
        )  # fmt: skip
        if queries.said_already(document, self.author, one, said_in):
            raise rules.ProposedTwice(party=_("The Chair") if self.author == CHAIR else self.author.upper())
        return Proposal.objects.create(
            document=document, number=next(self._numbers), version=self.version, kind=one.kind, block=one.block,
            block_kind=one.block_kind if one.kind is ProposalKind.INSERT else "", after=one.after, language=said_in,
            wordings=_wordings(one, said_in), parties=self.author, reason=_reason(wish.reason), body_id=self._body,
            at=self.at, account=self.signed["private"]["account"], capacity=self.signed["by"],
        )  # fmt: skip

    def replace(self, ref: str, by: Proposal) -> Proposal:
        """An author's own proposal gives way to the one that follows it."""
        if not Proposal.objects.filter(self.seen, document=self.version.document, ref=ref).exists():
            raise rules.NoSuchProposal
        row = queries.held(ref)
        _check_own(row, self.author)
        _set_status(row, ProposalStatus.WITHDRAWN, self.version, self.at)
        row.into = by
        row.save()
        return row

    def _standing(self, language: str) -> Standing:
        if language not in self._texts:
            self._texts[language] = queries.standing(self.version, language)
        return self._texts[language]

    @cached_property
    def _texts(self) -> dict[str, Standing]:
        return {}

    @cached_property
    def _ids(self) -> Iterator[str]:
        return new_ids(drafting.used_ids(self.version.document))

    @cached_property
    def _numbers(self) -> Iterator[int]:
        return count(queries.next_number(self.version.document))

    @cached_property
    def _body(self) -> str:
        return queries.body_now(self.version.document)


def _wordings(one: Amendment, language: str) -> dict[str, dict[str, object]]:
    if one.kind not in WORDED:
        return {}
    return {language: {"before": one.before, "text": one.text, "edits": [list(edit) for edit in one.edits]}}


def _reason(text: str) -> str:
    text = tidy(text)
    if len(text) > positions.LONGEST:
        raise WordsTooLong(found=len(text), limit=positions.LONGEST, field="reason")
    return text


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
        _seal_proposals("documents.support-proposal", [row], signed, party=party.ref, sponsor=sponsor)
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
        _seal_proposals("documents.end-support", [row], signed, party=party.ref)
    return row


def _spoken_of(proposal: Proposal, party: Party, by: Actor, at: dt.datetime) -> Proposal:
    row = queries.held(proposal.ref)
    _heard(row.document, party, by, at)
    _check_open(row)
    return row


def withdraw(*, proposal: Proposal, party: Party | None, by: Actor) -> Proposal:
    """A delegation withdraws what it proposed (the Chair its own text, with no party). While others sponsor it, it
    stays as theirs. Raises `NotAskedFor`, `NotYours`, `ProposalSettled`."""
    author = _author(proposal.document, party, by)
    with recording() as at:
        row = queries.held(proposal.ref)
        _check_own(row, author)
        left = [one for one in row.parties.split() if one != author]
        if left:
            row.parties = " ".join(left)
        else:
            _set_status(row, ProposalStatus.WITHDRAWN, drafting.last_version(row.document), at)
        row.save()
        _seal_proposals("documents.withdraw-proposal", [row], policy.signed(by, speaking=author), party=author)
    return row


def _check_own(row: Proposal, author: str) -> None:
    if author not in row.parties.split():
        raise rules.NotYours(parties=", ".join(one.upper() for one in row.parties.split()))
    _check_open(row)


def _check_open(row: Proposal) -> None:
    if ProposalStatus(row.status) not in OPEN:
        raise rules.ProposalSettled(status=words.PROPOSAL[row.status])


# ------------------------------------------------------------------------------------------------------------ pieces
def _set_status(row: Proposal, status: ProposalStatus, version: Version, at: dt.datetime) -> None:
    row.status = status.value
    closed = status is not ProposalStatus.TABLED
    row.settled, row.settled_on = (at, version) if closed else (None, None)
    row.into = row.into if closed else None


def _seal_proposals(
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


def _tell_chair(rows: Sequence[Proposal], at: dt.datetime) -> None:
    document = rows[0].document

    def say(language: str) -> Words:
        about = {"title": plain(document.title), "parties": _names(rows[0])}
        return Words(_("%(parties)s proposed on: %(title)s") % about, "")

    tell(
        subject=f"documents:{document.ref}", event="proposals-tabled",
        to=presidency(document.body_id, settings.CHARTER.today(at)), say=say, link=("negotiation", [document.ref]),
        at=at, open=False, hint=document.symbol,
    )  # fmt: skip


def _names(row: Proposal) -> str:
    return ", ".join(_("The Chair") if one == CHAIR else one.upper() for one in row.parties.split())
