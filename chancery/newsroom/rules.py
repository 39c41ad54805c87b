"""What the organisation tells the world."""

from enum import StrEnum

from chancery.core.refusals import Refusal, sentence


class NewsKind(StrEnum):
    ARTICLE = "article"
    FLASH = "flash"


class Layout(StrEnum):
    """How a picture stands on a printed page."""

    COLUMN = "column"
    WIDE = "wide"
    PAGE = "page"


class NothingToPublish(Refusal):
    sentence = sentence("Write a title and a text in {language} first.")
    field = "title"


class AlreadyPublished(Refusal):
    """What is published changes by a correction that says so, never silently."""

    sentence = sentence("This was published on {day}. Correct it instead.")


class EmptyIssue(Refusal):
    sentence = sentence("Nothing is recorded for {quarter}; there is nothing to compose.")
    field = "quarter"


class CorrectionWithoutReason(Refusal):
    sentence = sentence("Say what the new edition corrects: the reader will see it.")
    field = "correction"


class NotAPicture(Refusal):
    sentence = sentence("{file} is not a picture that can be read. Use JPEG or PNG of at most {limit} MB.")
    field = "file"


class PictureWithoutWords(Refusal):
    """Whoever cannot see a picture is told what it shows."""

    sentence = sentence("Describe in words what the picture shows.")
    field = "alt"
