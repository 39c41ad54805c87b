"""The chair's handover file: drawn up from the record, countersigned by three."""

import hashlib

from django.conf import settings

from chancery.bodies.models import Body
from chancery.core.canonical import canonical
from chancery.journal.acts import recording, seal
from chancery.parties.models import Party
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.policy import Person as Actor

from ..models import Handover, Signature
from ..queries import handover as queries
from ..rules.handover import AlreadySigned, Hand, ToOneself, is_complete


def draw_up(*, incoming: Party, body: Body | None = None, by: Actor) -> Handover:
    """The file of what the chair hands over is drawn up as things stand now: texts that are open, silence that runs,
    what is owed, whom to ask, what lies ahead. A file drawn up anew stands beside the earlier one.

    Raises `NoChair`, `ToOneself`."""
    policy.require(by, "decisions.draw-up-handover", body.ref if body else "")
    with recording() as at:
        day = settings.CHARTER.today(at)
        outgoing = queries.in_chair(body.ref if body else "", day)
        if outgoing.ref == incoming.ref:
            raise ToOneself(party=naming(day, [incoming.ref])[incoming.ref])
        content = queries.contents(body.ref if body else "", at)
        made = Handover.objects.create(
            body=body.ref if body else "", outgoing=outgoing, incoming=incoming, drawn_up=at, content=content,
            digest=hashlib.sha256(canonical(content)).hexdigest(),
        )  # fmt: skip
        _seal("decisions.draw-up-handover", made, {"digest": made.digest}, by)
    return made


def countersign(*, handover: Handover, hand: Hand, by: Actor) -> Signature:
    """One of the three countersigns: the outgoing chair, the incoming chair, the Secretariat.

    Raises `AlreadySigned`."""
    policy.require(by, "decisions.countersign-handover", (hand, handover.outgoing_id, handover.incoming_id))
    with recording() as at:
        known = handover.signatures.filter(capacity=hand).first()
        if known:
            raise AlreadySigned(name=known.name)
        signed = policy.signed(by)
        made = Signature.objects.create(
            handover=handover, capacity=hand, account=signed["private"]["account"], name=str(by), at=at
        )
        hands = list(handover.signatures.values_list("capacity", flat=True))
        said = {"digest": handover.digest, "hand": hand.value, "complete": is_complete(hands)}
        _seal("decisions.countersign-handover", handover, said, by)
    return made


def _seal(act: str, handover: Handover, said: dict[str, object], by: Actor) -> None:
    subjects = [f"handovers:{handover.ref}", f"parties:{handover.outgoing_id}", f"parties:{handover.incoming_id}"]
    seal(act, subjects=subjects, said=said, public=False, **policy.signed(by))
