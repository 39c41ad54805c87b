"""What comes in and goes out: bounds, faults and refusals. Pure."""

from dataclasses import dataclass
from typing import Any

from chancery.core.refusals import Refusal, sentence

MB = 1024 * 1024
TABLE_LIMIT = 200 * MB  # bytes of one table of a record
TEXT_LIMIT = 5 * MB  # bytes of one text or one edition of the Digest
FILE_LIMIT = 50 * MB  # bytes of one picture or attachment
PIXEL_LIMIT = 100_000_000  # of one picture, so that a small file cannot fill the memory

PICTURES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
ATTACHMENTS = {*PICTURES, ".pdf", ".txt", ".csv", ".odt", ".ods", ".odp", ".docx", ".xlsx", ".pptx"}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a folder: in which file, in which row (as a spreadsheet counts: the header is row 1;
    0 where none can be named), under which column, and why."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = [self.file, f"row {self.row}" if self.row else "", self.column]
        return f"{', '.join(part for part in place if part)}: {self.reason}"


class FaultyRecord(Refusal):
    """A record that is not loaded, because something in it is wrong."""

    sentence = sentence("The record has {count} faults; nothing was changed.")

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__(count=len(faults))


class NotReviewed(Refusal):
    """What is kept already changes by a difference that somebody has seen."""

    sentence = sentence("This database keeps a record already. Review the difference, then accept it by its digest.")

    def __init__(self, difference: Any) -> None:
        self.difference = difference
        super().__init__()


class AnotherDifference(Refusal):
    """The difference accepted is not the one that stands: the folder or the record changed meanwhile."""

    sentence = sentence("The difference is {found} now, not {accepted}. Review it again.")


class NotARecord(Refusal):
    """A folder that something else lives in is never written over."""

    sentence = sentence("{folder} is not empty and is not a record; choose another folder.")


class FileMissing(Refusal):
    """A file that the record names is not where files are kept."""

    sentence = sentence("The file {file} is named by the record but missing on disk; restore it from a backup.")


class NoSuchFact(Refusal):
    sentence = sentence("There is no {table}:{ref} in the record.")
    status = 404


class NoSuchColumn(Refusal):
    sentence = sentence("{table} has no column “{column}”.")
    field = "column"
    status = 404


class NothingCorrected(Refusal):
    """A correction changes something."""

    sentence = sentence("The record says this already.")
    field = "value"


class ReasonMissing(Refusal):
    """Whoever corrects the record says why: the reader will see it."""

    sentence = sentence("Say what was wrong and how it is known: the reader will see it.")
    field = "reason"


class WrongValue(Refusal):
    """A value that the record's form or the rules of its table do not allow."""

    sentence = sentence("{problem}")
    field = "value"


class StillReferredTo(Refusal):
    """A fact on which others stand is not struck."""

    sentence = sentence("{facts} refer to it. Correct or strike them first.")


TEXTS = ("versions", "translations")
BY_ACT = {
    "documents": {"language", "classification", "embargo", "released_as"},
    "decisions": {"document", "version", "expired", "classification"},
}
"""The columns, by table, that only the act itself sets: what was put before a body, decided, and released."""


class OnlyByCorrigendum(Refusal):
    """What was circulated or adopted stays as it was."""

    sentence = sentence("The words of a text are not corrected by an erratum. Circulate a corrigendum.")
    field = "column"


class Adopted(Refusal):
    """A decision whose text was adopted here was not recorded by mistake."""

    sentence = sentence("This text was adopted. Another decision may supersede it; the record keeps this one.")


class Fixed(Refusal):
    """What was published is corrected by a further edition, what an act alone decides by that act, and a reference
    never changes."""

    sentence = sentence("{column} of {table} is not corrected here.")
    field = "column"
