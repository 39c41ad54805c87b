"""What meetings say against changes in the areas below."""

from chancery.bodies.models import Body
from chancery.core.dates import Day

from .models import Meeting
from .rules import BodyStillMeets


def sits(body: Body, until: Day) -> None:
    """A body does not end before its sessions; where a day is known to the month or the year only, the benefit of the
    doubt is given. Raises `BodyStillMeets`."""
    later = Meeting.objects.filter(body=body, called_off="", starts__gte=until.last).order_by("starts", "ref").first()
    if later:
        raise BodyStillMeets(meeting=later.title, day=later.began)
