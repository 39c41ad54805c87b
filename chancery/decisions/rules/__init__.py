"""How bodies decide: the verbs they use, consensus and quorum, silence, and what is owed afterwards."""

from .register import (
    BodyDidNotExist,
    Manner,
    SessionOfAnotherBody,
    Verb,
    check_body,
    check_session,
)

__all__ = ["BodyDidNotExist", "Manner", "SessionOfAnotherBody", "Verb", "check_body", "check_session"]
