"""What is done to the record as a whole, and to single facts of it that were recorded wrongly."""

from .errata import correct, strike
from .loading import checked, load

__all__ = ["checked", "correct", "load", "strike"]
