"""What parties say of a text: their positions."""

from collections.abc import Iterable

from django.conf import settings

from chancery.core.text import tidy
from chancery.journal.acts import recording, seal
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.policy import OnBehalf
from chancery.people.policy import Person as Actor

from ..models import Position, PrivateNote, Version
from ..queries import access, negotiation
from ..rules.positions import Stance, check_stance

_SAID_ANEW = ("version", "stance", "words", "language", "at", "account", "capacity")


def take_position(
    *, version: Version, party: Party, stance: Stance, words: str = "", block: str = "", sounding: bool = False,
    language: str = "", by: Actor,
) -> Position:  # fmt: skip
    """A party says what it thinks of a paragraph, or of the text as a whole (`block` empty). See `take_positions`."""
    return take_positions(
        version=version, party=party, stance=stance, words=words, blocks=[block], sounding=sounding,
        language=language, by=by,
    )[0]  # fmt: skip


def take_positions(
    *, version: Version, party: Party, stance: Stance, words: str = "", blocks: Iterable[str], sounding: bool = False,
    language: str = "", by: Actor,
) -> list[Position]:  # fmt: skip
    """A party says the same of several paragraphs: all are taken, or none. Its last word on each counts, and every
    word stays in the journal, as a private entry. The answer to a `sounding` stands apart and is the Chair's to read.

    Only an accredited voice of the party speaks, or an officer on the strength of its note verbale, on a text that
    goes to the party. Raises `NotAskedFor`, `NotOfTheParties`, `ObserverHasNoPosition`, `WordsMissing`,
    `WordsTooLong`, `UnknownParagraph`, `ParagraphClosed`, `NoSounding`."""
    policy.require(by, "documents.take-position", party.ref)
    words, blocks = tidy(words), list(dict.fromkeys(blocks))
    with recording() as at:
        latest = negotiation.latest(version)
        document, belongs = latest.document, access.on(settings.CHARTER.today(at))
        policy.require(by, "documents.read", access.audience(document, belongs))
        check_stance(
            Stance(stance), words, member=party.ref in belongs.members, observer=party.ref in belongs.observers,
            party=party.ref.upper(),
        )  # fmt: skip
        negotiation.check_open(latest, blocks)
        if sounding:
            negotiation.check_sounding(latest, blocks, at)
        signed = policy.signed(by, speaking=party.ref)
        taken = [
            Position(
                document=document, version=latest, block=block, party=party, sounding=sounding, stance=stance,
                words=words, language=language or settings.CHARTER.reference_language, at=at,
                account=signed["private"]["account"], capacity=signed["by"],
            )
            for block in blocks
        ]  # fmt: skip
        Position.objects.bulk_create(
            taken, update_conflicts=True, unique_fields=["document", "sounding", "block", "party"],
            update_fields=_SAID_ANEW,
        )  # fmt: skip
        if not isinstance(by, OnBehalf):  # a draft that was sent is none any more
            subjects = [negotiation.subject(document.ref, block) for block in blocks]
            PrivateNote.objects.filter(party=party.ref, subject__in=subjects, draft=True).delete()
        seal(
            "documents.take-position",
            subjects=negotiation.subjects(document.ref, blocks, party.ref),
            said={
                "party": party.ref, "stance": Stance(stance).value, "words": words, "language": taken[0].language,
                "blocks": blocks, "sounding": sounding, "version": latest.ref, "symbol": document.symbol,
            },
            public=False,
            **signed,
        )  # fmt: skip
    return taken
