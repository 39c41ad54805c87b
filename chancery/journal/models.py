"""The append-only record of acts. The database refuses to change or remove what stands here."""

from django.db import models


class Entry(models.Model):
    """One act. `nodes` is its leaf hash followed by the perfect subtrees that it completes (see tree.py).

    `public` and `private` are canonical JSON, hashed with their salts into the commitment of the leaf; an
    entry that tells the public nothing has an empty object there."""

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
    """That an entry is about a subject (`table:ref`), so that each subject can show its history."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="mentions")
    subject = models.CharField(max_length=180)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "entry"], name="journal_mention_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.subject}"


class Manifest(models.Model):
    """The rows that a load wrote, each as the hash of its canonical cells: `table ref sha256`, one a line,
    compressed with zlib. Its digest is in the entry, so that a row changed behind the record's back is named."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)
    rows = models.BinaryField()


class Checkpoint(models.Model):
    """A signed head of the tree, in the signed-note form of C2SP tlog-checkpoint."""

    size = models.BigIntegerField()
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        ordering = ["-size", "-id"]

    def __str__(self) -> str:
        return f"checkpoint {self.size}"
