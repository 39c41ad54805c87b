"""What may happen to decisions: they are recorded. What was decided changes by another decision."""

from collections.abc import Iterable

from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.core.refs import slug
from chancery.core.text import LocalizedText
from chancery.journal.acts import recording, seal
from chancery.meetings.models import Meeting
from chancery.parties.acts import days, free_ref
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.policy import Person as Actor

from ..models import Decision
from ..rules import Manner, Verb, check_body, check_session
from ..tables import prepare


def record_decision(
    *, body: Body, verb: Verb, manner: Manner, session: Meeting | None = None, taken: Day, title: LocalizedText,
    summary: LocalizedText | None = None, number: str = "", parties: Iterable[Party] = (),
    bodies: Iterable[Body] = (), text_held: bool = False, source: str, note: str = "", by: Actor,
) -> Decision:  # fmt: skip
    """A decision of a body enters the record, in the verb that the body used, with the parties and bodies that it
    concerns. Its reference is made of its date and title; a number is kept only where the organisation gave one.

    Raises `BodyDidNotExist`, `SessionOfAnotherBody`."""
    policy.require(by, "decisions.record", body)
    with recording():
        check_body(body.period, taken, body.name)
        if session:
            check_session(body.ref, session.body_id, session.title)
        concerns = [*(f"parties:{one.ref}" for one in parties), *(f"bodies:{one.ref}" for one in bodies)]
        first = next(iter(title.texts.values()), "")
        decision = Decision(
            ref=free_ref(Decision, f"{taken.date.isoformat()}-{slug(first, limit=60)}"), number=number, body=body,
            session=session, manner=manner, verb=verb, **days("taken", taken), title=title,
            summary=summary or LocalizedText(), concerns=" ".join(concerns), text_held=text_held, source=source,
            note=note,
        )  # fmt: skip
        prepare(decision).save(force_insert=True)
        about = [f"bodies:{body.ref}", *concerns, *([f"meetings:{session.ref}"] if session else [])]
        seal("decisions.record", facts=[decision], subjects=about, **policy.signed(by))
    return decision
