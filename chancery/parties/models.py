"""States and organisations, in which capacity they belong, and who holds the posts."""

from django.db import models

from chancery.core.models import Dated, Fact, LocalizedField, PrecisionField, RefField

from .rules import Capacity, Form, Kind, PostKind


def _choices(words: type) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in words]


class Party(Fact):
    """A state or an international organisation. Its names and capacities are facts with a period of their own.

    `marker` is the place of its name on the map (`x y lx ly`: pin and label), empty if it is not drawn."""

    kind = models.CharField(max_length=12, choices=_choices(Kind))
    iso2 = models.CharField(max_length=2, blank=True, default="")
    iso3 = models.CharField(max_length=3, blank=True, default="")
    marker = models.CharField(max_length=40, blank=True, default="")
    website = models.CharField(max_length=200, blank=True, default="")

    @property
    def code(self) -> str:
        """The code that stands for it in tight places."""
        return self.iso2 or self.ref.upper()


class PartyName(Dated):
    """A name that a party had, as the organisation uses it, in one language and form."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="names")
    language = models.CharField(max_length=8)
    form = models.CharField(max_length=8, choices=_choices(Form))
    text = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=[("confirmed", "confirmed"), ("working", "working")])


class Membership(Dated):
    """That a party belongs, as member or as observer."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="memberships")
    capacity = models.CharField(max_length=10, choices=_choices(Capacity))
    signed = models.DateField(null=True, blank=True)  # the founding documents
    signed_as = PrecisionField()
    session = RefField()
    decision = RefField()


class Person(Fact):
    """A person whom the record names: an office holder, not an account."""

    name = LocalizedField()
    style = models.CharField(max_length=60, blank=True, default="")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="people")


class Post(Dated):
    """An office of the organisation that one person holds at a time."""

    kind = models.CharField(max_length=8, choices=_choices(PostKind))
    name = LocalizedField()
    body = RefField()
    position = models.PositiveIntegerField(null=True, blank=True)
    dimension = models.CharField(max_length=4, blank=True, default="")


class Tenure(Dated):
    """That a person held a post."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")


class FocalPoint(Dated):
    """An office through which a party is reached; nothing personal."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="focal_points")
    office = LocalizedField()
    email = models.EmailField(blank=True, default="")
    telephone = models.CharField(max_length=60, blank=True, default="")
