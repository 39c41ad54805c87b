"""Decisions: what a body decided, when and how; the silence through which it did; and what is owed afterwards."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.core.models import Fact, LocalizedField, PrecisionField, RefField, day_of
from chancery.core.refs import short
from chancery.documents.models import Document, Version
from chancery.documents.rules.access import Classification
from chancery.meetings.models import Meeting
from chancery.parties.models import Party

from .rules import Manner, Verb
from .rules.candidature import Term
from .rules.register import FollowUp, LinkKind, StatementKind
from .rules.silence import Outcome, ReplyKind, Shape


def _choices(words: type) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in words]  # type: ignore[attr-defined]


class Decision(Fact):
    """A decision of a body. `concerns` names what it is about (`parties:kw bodies:fund`).

    `number` only where the organisation itself gave one; `text_held` says whether the record holds the text.
    `version` is the text decided upon, `expired` the instant at which silence ended, `recommendation` the decision of
    a lower body on which it rests, `noted` the session that was told of it. It goes as far as its `classification`.
    `words` is the text that the word filter looks into, kept by `prepare`."""

    number = models.CharField(max_length=80, blank=True, default="")
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    session = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="decisions")
    manner = models.CharField(max_length=8, choices=_choices(Manner))
    verb = models.CharField(max_length=22, choices=_choices(Verb))
    taken = models.DateField(db_index=True)
    taken_as = PrecisionField()
    title = LocalizedField()
    summary = LocalizedField()
    concerns = models.CharField(max_length=600, blank=True, default="")
    text_held = models.BooleanField(default=False)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="decisions")
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="decisions")
    expired = models.DateTimeField(null=True, blank=True)
    recommendation = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    noted = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="decisions_noted")
    classification = models.CharField(
        max_length=12, choices=_choices(Classification), default=Classification.PUBLIC.value, db_index=True
    )
    words = models.TextField(editable=False, default="")

    @property
    def day(self) -> Day:
        """When it was taken."""
        return day_of(self, "taken")  # type: ignore[return-value]

    @property
    def is_public(self) -> bool:
        """Whether it belongs to the public record: it does not while it names a text or a recommendation that does
        not."""
        named = (self.document, self.recommendation)
        return self.classification == Classification.PUBLIC and all(one is None or one.is_public for one in named)


class Link(Fact):
    """What a decision does to an earlier one."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="links")
    kind = models.CharField(max_length=12, choices=_choices(LinkKind))
    other = models.ForeignKey(Decision, models.PROTECT, related_name="linked")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "kind", "other"], name="decisions_link_once"),
            models.CheckConstraint(condition=~Q(decision=F("other")), name="decisions_link_to_another"),
        ]


class Statement(Fact):
    """An interpretative statement or a reservation, attached to a decision for ever. `parties` made it jointly."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=14, choices=_choices(StatementKind))
    parties = models.CharField(max_length=400)
    text = LocalizedField()
    made = models.DateField()
    position = models.PositiveIntegerField(null=True, blank=True)


class Undertaking(Fact):
    """What follows from an operative paragraph: who owes what, and by when. `addressee` is `parties:xa`, `bodies:soc`
    or `secretariat`; `evidence` says what was done (an address, a reference, or words)."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="undertakings")
    block = models.CharField(max_length=12, blank=True, default="")
    task = LocalizedField()
    addressee = models.CharField(max_length=140)
    due = models.DateField(null=True, blank=True, db_index=True)
    status = models.CharField(max_length=10, choices=_choices(FollowUp), default=FollowUp.OPEN.value)
    evidence = models.TextField(blank=True, default="")
    reported = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(null=True, blank=True)


def public_decision(fact: Any) -> bool:
    """Of facts that go with a decision: whether they belong to the public record."""
    return fact.decision.is_public


# ------------------------------------------------------------------- what is worked on, and not of the public record
def _ref() -> str:
    return short(16)


class Objection(models.Model):
    """A formal objection of a member in the room: what was put to a session was not decided."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="objections")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    session = models.ForeignKey(Meeting, models.PROTECT, related_name="objections")
    party = models.ForeignKey(Party, models.PROTECT, related_name="objections")
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.party_id}: {self.version_id}"


class Silence(models.Model):
    """A silence procedure on a version, for the decision of a body. The text is frozen while it lasts.

    `proposed` is when the chair proposed it, `opens` when it begins to run unless a member objects to the proposal,
    `expires` the instant at which it ends; `session` where it was proposed, if in a room. `basis` names the
    regulation, or is empty; `recommendation` the decision it rests on. `ended` and `outcome` are set by the act that
    ended it: `broken_by` by whom, `decision` what was adopted; `told` is when everybody was told of an adoption.
    `replaces` is the one it restarts."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="silences")
    body = models.ForeignKey(Body, models.PROTECT, related_name="silences")
    shape = models.CharField(max_length=20, choices=_choices(Shape))
    verb = models.CharField(max_length=22, choices=_choices(Verb))
    session = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="silences")
    basis = models.CharField(max_length=300, blank=True, default="")
    recommendation = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    proposed = models.DateTimeField()
    opens = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    ended = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=_choices(Outcome), blank=True, default="")
    broken_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="silence")
    told = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="restarts")

    class Meta:
        indexes = [
            models.Index(fields=["expires", "ref"], condition=Q(outcome=""), name="decisions_silence_due"),
            models.Index(
                fields=["ended"], condition=Q(outcome=Outcome.ADOPTED.value, told=None), name="decisions_untold"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(expires__gt=F("opens")), name="decisions_silence_lasts"),
            models.CheckConstraint(
                condition=Q(outcome="", ended__isnull=True) | (~Q(outcome="") & Q(ended__isnull=False)),
                name="decisions_silence_ends_with_an_outcome",
            ),
            models.UniqueConstraint(
                fields=["version", "body"], condition=Q(outcome=""), name="decisions_silence_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.expires:%Y-%m-%d %H:%M}"


class Extension(models.Model):
    """That a silence was made to end later, and why."""

    silence = models.ForeignKey(Silence, models.PROTECT, related_name="extensions")
    earlier = models.DateTimeField()
    later = models.DateTimeField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.silence_id}: {self.later:%Y-%m-%d %H:%M}"


class Reply(models.Model):
    """What a delegation said while silence ran, or too late. `at` is the instant of its entry (`seq`)."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    silence = models.ForeignKey(Silence, models.PROTECT, related_name="replies")
    party = models.ForeignKey(Party, models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=16, choices=_choices(ReplyKind))
    words = models.TextField(blank=True, default="")
    wording = models.TextField(blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    late = models.BooleanField(default=False)
    at = models.DateTimeField()
    seq = models.PositiveBigIntegerField(null=True, blank=True)
    account = models.CharField(max_length=20)
    capacity = models.CharField(max_length=80)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["silence", "party"], condition=Q(kind=ReplyKind.ACKNOWLEDGEMENT.value),
                name="decisions_acknowledged_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.party_id}: {self.kind}"


class Candidature(models.Model):
    """That a member declared in writing its wish to chair one of the next two terms. `document` is the draft decision
    put under silence; `decision` what was recommended."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="candidatures")
    term = models.CharField(max_length=10, choices=_choices(Term))
    declared = models.DateField()
    letter = models.CharField(max_length=200, blank=True, default="")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="candidatures")
    withdrawn = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.party_id}: {self.term}"


class Handover(models.Model):
    """The file with which one chair hands over to the next: what is open, as it was on the day it was drawn up.
    It is in force once the outgoing chair, the incoming chair and the Secretariat have countersigned it."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    body = RefField()  # empty for the chair of the organisation
    outgoing = models.ForeignKey(Party, models.PROTECT, related_name="+")
    incoming = models.ForeignKey(Party, models.PROTECT, related_name="+")
    drawn_up = models.DateTimeField()
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.outgoing_id} → {self.incoming_id}"


class Signature(models.Model):
    """That somebody countersigned a handover file, for one of the three."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="signatures")
    capacity = models.CharField(max_length=12)  # outgoing, incoming, secretariat
    account = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "capacity"], name="decisions_signed_once_for_each")
        ]

    def __str__(self) -> str:
        return f"{self.capacity}: {self.name}"
