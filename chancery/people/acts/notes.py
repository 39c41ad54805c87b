"""Notes verbales: small missions never sign in; they write."""

import datetime as dt
from hashlib import sha256
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from chancery.core.asof import default
from chancery.core.refs import short
from chancery.journal.acts import recording, seal

from .. import policy, rules, scans, scopes
from ..models import NoteVerbale
from ..policy import Person
from ..rules import Role

FOLDER = "notes-verbales"


def receive_note(*, party: str, number: str, dated: dt.date, scan: BinaryIO, by: Person) -> NoteVerbale:
    """Keeps the scan of a note verbale, by what it contains; never in the public record.

    Raises `NotAllowed`, `SecondFactorMissing`, `UnknownScope`, `NoteOfTheFuture`, `ScanTooLarge`,
    `ScanUnreadable`, `NoteKnown`."""
    policy.require(by, "people.receive-note", party)
    scopes.check(Role.DELEGATE, party)
    if dated > default().today:
        raise rules.NoteOfTheFuture
    content = scan.read(settings.UPLOAD_LIMIT + 1)
    media = scans.media(content, settings.UPLOAD_LIMIT)
    digest = sha256(content).hexdigest()
    place = _keep(f"{FOLDER}/{digest}.{media}", content)
    with recording():
        if known := NoteVerbale.objects.filter(party=party, number=number).first():
            raise rules.NoteKnown(dated=known.dated)
        note = NoteVerbale.objects.create(
            ref=short(12), party=party, number=number, dated=dated, scan=place, digest=digest
        )
        said = {"note": note.ref, "party": party, "number": number, "digest": digest}
        seal("people.receive-note", said=said, public=False, **policy.signed(by))
    return note


def _keep(place: str, content: bytes) -> str:
    """Writes a file whose name is its digest; the same scan is kept once. Before the transaction: a file that
    no row names does no harm, a row without its file does."""
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(content))
    return place
