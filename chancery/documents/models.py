"""Documents: what is written, version by version, in languages beside each other; and what parties say of it."""

from typing import Any

from django.db import models
from django.db.models import Q

from chancery.bodies.models import Body
from chancery.core.models import Fact, LocalizedField, RefField
from chancery.core.refs import short
from chancery.meetings.models import AgendaItem, Meeting
from chancery.parties.models import Party

from .rules import blocks
from .rules.access import Classification
from .rules.blocks import Block
from .rules.positions import CallKind, ParagraphStatus, Stance
from .rules.proposals import ProposalKind, ProposalStatus
from .rules.symbols import DocumentKind, RelationKind, Series, VersionKind, suffix
from .rules.translation import Standing


def choices(words: type) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in words]  # type: ignore[attr-defined]


class Document(Fact):
    """A work with a symbol. What it says is in its versions; where it stands follows from what bodies decided.

    `route` is a key of the charter's routes, empty for a paper that does not climb. `language` is the one in which
    it is written and adopted. `sponsors` are the parties that tabled it (`xa xb`), empty for the Secretariat. Under
    `embargo` it keeps its classification until that instant; then the clock gives it `released_as`. `words` is the text
    that the word filter looks into, kept by `prepare`."""

    symbol = models.CharField(max_length=80, blank=True, default="")
    series = models.CharField(max_length=4, choices=choices(Series), blank=True, default="")
    number = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=16, choices=choices(DocumentKind))
    route = models.CharField(max_length=40, blank=True, default="")
    title = LocalizedField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="documents")
    session = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="documents")
    language = models.CharField(max_length=8)
    sponsors = models.CharField(max_length=400, blank=True, default="")
    classification = models.CharField(max_length=12, choices=choices(Classification))
    embargo = models.DateTimeField(null=True, blank=True, db_index=True)
    released_as = models.CharField(max_length=12, choices=choices(Classification), blank=True, default="")
    tabled = models.DateField(db_index=True)
    withdrawn = models.DateField(null=True, blank=True)
    words = models.TextField(editable=False, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["symbol"], condition=~Q(symbol=""), name="documents_symbol_once"),
            models.CheckConstraint(
                condition=Q(embargo__isnull=True) | ~Q(released_as=""), name="documents_embargo_ends_in_a_class"
            ),
        ]

    @property
    def is_public(self) -> bool:
        return self.classification == Classification.PUBLIC


class Relation(Fact):
    """What a document is to another one."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=12, choices=choices(RelationKind))
    other = models.ForeignKey(Document, models.PROTECT, related_name="related")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "kind", "other"], name="documents_relation_once"),
            models.CheckConstraint(condition=~Q(document=models.F("other")), name="documents_relation_to_another"),
        ]


class Version(Fact):
    """The text of a document as it was circulated; it never changes. `blocks` is in `language`, the document's own.

    `position` is its place among the versions, from 1; `number` that of the revision or corrigendum."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=choices(VersionKind))
    number = models.PositiveIntegerField(null=True, blank=True)
    circulated = models.DateField()
    language = models.CharField(max_length=8)
    blocks = models.JSONField(default=list)
    digest = models.CharField(max_length=64, editable=False, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="documents_version_once")]

    @property
    def text(self) -> list[Block]:
        return blocks.read(self.blocks)

    @property
    def suffix(self) -> str:
        """`Rev.2`, `Corr.1`; empty for the first version."""
        return suffix(VersionKind(self.kind), self.number)


class Translation(Fact):
    """A version in another language, block by block (`{"b1": "…"}`). It knows the version it was made from, so that
    a later version shows what became stale. A later translation of the same version counts instead."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="translations")
    language = models.CharField(max_length=8)
    position = models.PositiveIntegerField()
    standing = models.CharField(max_length=8, choices=choices(Standing))
    circulated = models.DateField()
    texts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language", "position"], name="documents_translation_once")
        ]


class Enclosure(Fact):
    """A file that belongs to a document: an attachment, or a scan of the signed paper. `file` is its name among the
    files of the record; `scan` says that it shows the paper itself."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="enclosures")
    file = models.CharField(max_length=200)
    title = LocalizedField()
    language = models.CharField(max_length=8, blank=True, default="")
    scan = models.BooleanField(default=False)
    position = models.PositiveIntegerField(null=True, blank=True)

    @property
    def ending(self) -> str:
        """What kind of file it is, by the end of its name."""
        return self.file.rpartition(".")[2]


class Paper(Fact):
    """That a document is before a session under an item of its agenda."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="papers")
    position = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "document"], name="documents_paper_once")]


# ------------------------------------------------------------------- what is worked on, and not of the public record
def _ref() -> str:
    return short(16)


class Draft(models.Model):
    """The next version while an officer writes it: `content` is `{"blocks": [{id, kind, texts: {language: words}}]}`.

    `edition` counts the savings, against two editors at once."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.document_id)


class Call(models.Model):
    """That delegations are asked for their positions on a version, by an instant. A sounding is answered to the chair
    alone. `paragraphs` are the blocks asked about (`b4 b7`), empty for the whole text."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=10, choices=choices(CallKind))
    paragraphs = models.TextField(blank=True, default="")
    opened = models.DateTimeField()
    due = models.DateTimeField(db_index=True)
    closed = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.version_id}: {self.kind}"


class Position(models.Model):
    """The last word of a party on a document (`block` empty) or a paragraph; each earlier word is in the journal.

    `version` is the one spoken of, `at` the instant of the entry, `account` whoever spoke, `capacity` as the journal
    says it. An answer to a sounding stands apart, and only the chair sees it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="positions")
    version = models.ForeignKey(Version, models.PROTECT, related_name="positions")
    block = models.CharField(max_length=12, blank=True, default="")
    party = models.ForeignKey(Party, models.PROTECT, related_name="positions")
    sounding = models.BooleanField(default=False)
    stance = models.CharField(max_length=18, choices=choices(Stance))
    words = models.TextField(blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    at = models.DateTimeField()
    account = models.CharField(max_length=20)
    capacity = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "sounding", "block", "party"], name="documents_last_word_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.stance} {self.document_id} {self.block}".rstrip()


class Paragraph(models.Model):
    """Where a paragraph stands that a body spoke of; one without a row is open. `awaiting` are the parties whose
    capital is to confirm, `digest` identifies the words that were agreed."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="paragraphs")
    block = models.CharField(max_length=12)
    status = models.CharField(max_length=14, choices=choices(ParagraphStatus))
    awaiting = models.CharField(max_length=400, blank=True, default="")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    session = RefField()
    closed = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "block"], name="documents_paragraph_once")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.block}: {self.status}"


class Proposal(models.Model):
    """Other words for a text, as delegations or the Chair proposed them on `version`; `number` is its place among those
    on the document. What `rules.proposals.Amendment` says of `block`, `after` and the rest holds here.

    `wordings` are the words by language, `{language: {before, text, edits}}`: in `language`, in which it was filed, and
    in those into which it was translated; none where there are no words. `parties` propose it (`xa xb`, or `chair`),
    `supporters` support it. `body` is the one before which the text was. Once it is settled, `settled` says when,
    `settled_on` on which version and `session` where; `into` is the proposal that took it up or followed it."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(Version, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=12, choices=choices(ProposalKind))
    block = models.CharField(max_length=12)
    block_kind = models.CharField(max_length=12, choices=choices(blocks.BlockKind), blank=True, default="")
    after = models.CharField(max_length=12, blank=True, default="")
    language = models.CharField(max_length=8)
    wordings = models.JSONField(default=dict)
    parties = models.CharField(max_length=400)
    supporters = models.CharField(max_length=400, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    status = models.CharField(max_length=14, choices=choices(ProposalStatus), default="tabled")
    into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="taken")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    account = models.CharField(max_length=20)
    capacity = models.CharField(max_length=80)
    settled = models.DateTimeField(null=True, blank=True)
    settled_on = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    session = RefField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="documents_proposal_once")]
        indexes = [models.Index(fields=["document", "status", "block"], name="documents_proposals_open")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.number}"


class PrivateNote(models.Model):
    """What a delegation writes for itself about something (`documents:ref`, `documents:ref#b5`, `silences:ref`): a
    note, or the draft of an answer (`stance` is then what it would say). No door shows it to anybody else."""

    party = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    draft = models.BooleanField(default=False)
    stance = models.CharField(max_length=24, blank=True, default="")
    words = models.TextField(blank=True, default="")
    account = models.CharField(max_length=20)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "subject", "draft"], name="documents_note_once")]

    def __str__(self) -> str:
        return f"{self.party}: {self.subject}"


def public_document(fact: Any) -> bool:
    """Of facts that go with a document: whether they belong to the public record."""
    return fact.document.is_public
