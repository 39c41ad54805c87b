"""The append-only record of acts. The database refuses to change or remove what stands here."""

from django.db import models


class Entry(models.Model):
    """One act. `nodes` is its leaf hash followed by the perfect subtrees that it completes (see tree.py).

    `public` and `private` are canonical JSON, hashed with their salts into the commitment of the leaf. Of an entry that
    is not public neither is told to the public: the first then holds the account that acted (or nothing), so that what
    was done can be disclosed without it."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=80)
    is_public = models.BooleanField()
    public = models.TextField()
    public_salt = models.BinaryField(max_length=16)
    private = models.TextField()
    private_salt = models.BinaryField(max_length=16)
    nodes = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["-seq"], condition=models.Q(is_public=True), name="journal_public_head"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"


class Mention(models.Model):
    """That an entry is about a subject (`table:ref`), so that each subject can show its history. `tells`
    where the entry says how the subject's row stands from then on."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="mentions")
    subject = models.CharField(max_length=180)
    tells = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "entry"], name="journal_mention_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.subject}"


class Manifest(models.Model):
    """The rows that a load wrote, each as its hash (see rows.py for the form). Its digest is in the entry,
    so that a row changed behind the record's back is named."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    rows = models.BinaryField()

    def __str__(self) -> str:
        return f"manifest of {self.entry_id}"


class Checkpoint(models.Model):
    """A signed head of the tree, in the signed-note form of C2SP tlog-checkpoint. One for each size that was
    signed: a size never has two roots."""

    size = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        ordering = ["-size"]

    def __str__(self) -> str:
        return f"checkpoint {self.size}"
