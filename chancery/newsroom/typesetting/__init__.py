"""The printed Digest: an edition on A4 as one PDF, both archival (PDF/A-2a) and accessible (PDF/UA-1).

`typeset` works in this process, `typeset_apart` in one of its own, so that a server does not keep the memory.
Both are pure: the same edition, charter and pictures give the same bytes.
"""

from chancery.core.typesetting.press import TooSlow, Untypesettable

from .apart import typeset_apart
from .markdown import tree
from .pages import PictureWithoutAlt
from .pictures import BadPicture
from .press import typeset

__all__ = [
    "BadPicture",
    "PictureWithoutAlt",
    "TooSlow",
    "Untypesettable",
    "tree",
    "typeset",
    "typeset_apart",
]
