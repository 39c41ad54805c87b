"""What bodies decided, in the verbs they used."""

from enum import StrEnum

from chancery.core.refusals import Refusal, sentence


class Verb(StrEnum):
    """The verbs of the levels; the record keeps the one that was used."""

    CONSIDER = "consider"
    POSITIVELY_CONSIDER = "positively-consider"
    SUPPORT_IN_PRINCIPLE = "support-in-principle"
    AGREE = "agree"
    FINALISE = "finalise"
    APPROVE = "approve"
    RECOMMEND = "recommend"
    TAKE_NOTE = "take-note"
    REVIEW = "review"
    ENDORSE = "endorse"
    ADOPT = "adopt"
    WELCOME = "welcome"
    ESTABLISH = "establish"
    ELECT = "elect"
    ADMIT = "admit"
    LAUNCH = "launch"


class Manner(StrEnum):
    """How a decision was taken. Informal meetings take formal decisions too."""

    SESSION = "session"
    SILENCE = "silence"
    UNKNOWN = "unknown"


class BodyDidNotExist(Refusal):
    sentence = sentence("{body} did not exist on {day}.")
    field = "body"


class SessionOfAnotherBody(Refusal):
    sentence = sentence("{meeting} was not a session of this body.")
    field = "session"
