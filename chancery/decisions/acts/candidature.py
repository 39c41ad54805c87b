"""Candidatures for the chair: declared in writing, put to the Senior Officials, recommended by silence."""

import datetime as dt

from django.conf import settings

from chancery.documents.models import Document
from chancery.documents.queries import access
from chancery.journal.acts import recording, seal
from chancery.parties.models import Party
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import letters
from ..models import Candidature
from ..rules.candidature import CandidatureOver, NotADraftDecision, Term, check_candidate


def declare(*, party: Party, term: Term, declared: dt.date, letter: str = "", by: Actor) -> Candidature:
    """A member declares in writing its wish to chair one of the next two terms; the chair informs the members.

    Raises `OnlyMembersChair`, `AlreadyACandidate`. (Rules of Procedure, articles 14.1.1 to 14.1.3, as far as public)"""
    policy.require(by, "decisions.declare-candidature", party.ref)
    with recording() as at:
        day = settings.CHARTER.today(at)
        name = naming(day, [party.ref])[party.ref]
        standing = Candidature.objects.filter(term=term, withdrawn=None, document__decisions=None)
        check_candidate(party.ref, access.on(day).members, set(standing.values_list("party", flat=True)), name)
        made = Candidature.objects.create(party=party, term=term, declared=declared, letter=letter)
        letters.of_candidature("candidature-declared", made, name, at)
        _seal("decisions.declare-candidature", made, {"term": term.value, "declared": declared.isoformat()}, by)
    return made


def put_forward(*, candidature: Candidature, document: Document, by: Actor) -> Candidature:
    """The draft decision on a candidature is named; it is decided upon as any text is, by silence or in the room.

    Raises `CandidatureOver`, `NotADraftDecision`."""
    policy.require(by, "decisions.put-candidature", candidature)
    with recording():
        held = Candidature.objects.get(pk=candidature.pk)
        if held.withdrawn:
            raise CandidatureOver
        document = Document.objects.get(pk=document.pk)
        if document.withdrawn or document.candidatures.exclude(pk=held.pk).exists():
            raise NotADraftDecision
        held.document = document
        held.save(update_fields=["document"])
        _seal("decisions.put-candidature", held, {"document": document.ref}, by, f"documents:{document.ref}")
    return held


def withdraw_candidature(*, candidature: Candidature, by: Actor) -> Candidature:
    """A member no longer wishes to chair. Raises `CandidatureOver`."""
    policy.require(by, "decisions.withdraw-candidature", candidature.party_id)
    with recording() as at:
        held = Candidature.objects.get(pk=candidature.pk)
        if held.withdrawn:
            raise CandidatureOver
        held.withdrawn = settings.CHARTER.today(at)
        held.save(update_fields=["withdrawn"])
        _seal("decisions.withdraw-candidature", held, {}, by)
    return held


def _seal(act: str, candidature: Candidature, said: dict[str, str], by: Actor, *about: str) -> None:
    subjects = [f"candidatures:{candidature.ref}", f"parties:{candidature.party_id}", *about]
    seal(act, subjects=subjects, said=said, public=False, **policy.signed(by))
