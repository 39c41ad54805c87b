"""What the organisation tells the world: rules of the news, and of the Digest that is composed from them. Pure."""

from .issue import (
    AlreadyComposing, ChapterKind, CorrectionWithoutReason, EmptyIssue, Happening, Illustration,
    NothingComposed, NotInIssue, Story, TitleMissing, WrongChapter, chapter_refs, check_issue, compose,
    digest_of, key, left_out, missing, moved, put_into, taken_in, worded,
)  # fmt: skip
from .news import (
    AlreadyPublished, Correction, Layout, NewsKind, NotAPicture, NothingToPublish, NothingToTell,
    PictureWithoutWords, ReasonMissing, ReleaseInThePast, UnknownMeeting, auditor, check_release, check_words,
    clock, corrections, with_correction,
)  # fmt: skip

__all__ = [
    "AlreadyComposing", "AlreadyPublished", "ChapterKind", "Correction", "CorrectionWithoutReason",
    "EmptyIssue", "Happening", "Illustration", "Layout", "NewsKind", "NotAPicture", "NotInIssue",
    "NothingComposed", "NothingToPublish", "NothingToTell", "PictureWithoutWords", "ReasonMissing",
    "ReleaseInThePast", "Story", "TitleMissing", "UnknownMeeting", "WrongChapter", "auditor", "chapter_refs",
    "check_issue", "check_release", "check_words", "clock", "compose", "corrections", "digest_of", "key",
    "left_out", "missing", "moved", "put_into", "taken_in", "with_correction", "worded",
]  # fmt: skip
