"""What stands in a file, what of it is lost, and why a file is not read."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from chancery.core.refusals import Refusal, sentence


class FileEmpty(Refusal):
    sentence = sentence("The file is empty.")
    field = "file"


class FileTooLarge(Refusal):
    sentence = sentence("The file is larger than {limit} MB. Leave out the pictures, or bring it in parts.")
    field = "file"


class FormatUnknown(Refusal):
    """Only the three formats are read."""

    sentence = sentence("Only Word (.docx), Markdown (.md) and plain text (.txt) are read.")
    field = "file"


class OldWordFile(Refusal):
    """The format of Word before 2007."""

    sentence = sentence("This is a file of the old Word format. Open it in Word and save it as .docx.")
    field = "file"


class FileEncrypted(Refusal):
    sentence = sentence("The file is protected by a password. Save it without one.")
    field = "file"


class NotAWordFile(Refusal):
    """A ZIP of something else, or no ZIP at all."""

    sentence = sentence("The file is called .docx and is no Word document. Save it as .docx from Word.")
    field = "file"


class HasMacros(Refusal):
    sentence = sentence("The file contains macros. Save it as .docx, which has none.")
    field = "file"


class FileDamaged(Refusal):
    sentence = sentence("The file is damaged and cannot be read. Open it in Word and save it anew.")
    field = "file"


class UnpacksTooLarge(Refusal):
    """A file that is small and becomes very large: mostly an attack."""

    sentence = sentence("The file becomes larger than {limit} MB when it is unpacked. It is not read.")
    field = "file"


class ForbiddenXml(Refusal):
    """XML that declares entities or names other files: no word processor writes it."""

    sentence = sentence("The file declares what no Word document needs (a DTD or entities). It is not read.")
    field = "file"


class NotUtf8(Refusal):
    sentence = sentence("The file is not plain text in UTF-8. Save it with the encoding UTF-8.")
    field = "file"


class Role(StrEnum):
    """What a piece is in the file."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"


class Lost(StrEnum):
    """What of a file does not come into the text."""

    INSERTION = "insertion"
    DELETION = "deletion"
    COMMENT = "comment"
    FOOTNOTE = "footnote"
    PICTURE = "picture"
    TEXT_BOX = "text-box"
    EMBEDDED = "embedded"
    NESTED_TABLE = "nested-table"
    LINK = "link"
    OUTSIDE = "outside"
    HEADER = "header"
    CONTENTS = "contents"
    HIDDEN = "hidden"
    SIGN = "sign"
    FORMULA = "formula"
    HTML = "html"


@dataclass(slots=True)
class Piece:
    """A paragraph, heading or table of a file; one without text tells only what was lost there.

    `label` is its number or sign as it stands in the file (`1.`, `(a)`, `–`); it is `numbered` if that is a number of
    the first level, and `depth` is how far it is below that level. It `opens_italic` if its first words alone are
    italic, and `stands_out` if all of it is bold."""

    text: str
    role: Role = Role.PARAGRAPH
    label: str = ""
    depth: int = 0
    numbered: bool = False
    opens_italic: bool = False
    stands_out: bool = False
    lost: Counter[Lost] = field(default_factory=Counter)
