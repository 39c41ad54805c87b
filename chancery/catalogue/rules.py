"""What measures are about: priority areas of the dimensions, and the states that coordinate them."""

from enum import StrEnum

from chancery.core.refusals import Refusal, sentence


class CoordinationRole(StrEnum):
    COORDINATOR = "coordinator"
    CO_COORDINATOR = "co-coordinator"


class AlreadyCoordinates(Refusal):
    """A state has one role in an area at a time."""

    sentence = sentence("{party} is {role} of this area from {since}. Record the end of that first.")
    field = "party"


class CoordinatorIsNoMember(Refusal):
    """Coordinators are Member States; the Senior Officials decide on them."""

    sentence = sentence("{party} is not a Member State on {day}; only Member States coordinate.")
    field = "party"
