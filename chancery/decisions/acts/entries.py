"""What acts on decisions have in common: links to earlier ones, and how they are told in the journal."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Model

from chancery.core import tables
from chancery.journal.acts import seal
from chancery.journal.models import Entry
from chancery.parties.acts import free_ref
from chancery.people import policy
from chancery.people.policy import Person as Actor

from ..models import Decision, Link
from ..rules.register import LinkKind, check_link


def seal_about(
    *, act: str, decision: Decision, facts: Iterable[Model] = (), removed: Iterable[Model] = (),
    subjects: Iterable[str] = (), said: Mapping[str, Any] | None = None, hidden: Mapping[str, Any] | None = None,
    speaking: str = "", by: Actor,
) -> Entry:  # fmt: skip
    """Seals an act on a decision: open to all where the decision is public, but for what is `hidden`. Otherwise the
    world learns nothing but that an entry was made, and what it keeps to itself holds every word: the rows as they
    stand."""
    facts, signed = list(facts), policy.signed(by, speaking=speaking)
    about = {*subjects, f"decisions:{decision.ref}", f"bodies:{decision.body_id}"}
    if decision.is_public:
        signed["private"] = {**signed.get("private", {}), **(hidden or {})}
        return seal(act, facts=facts, removed=removed, subjects=about, said=said, **signed)
    kept = {"rows": [_row(one) for one in facts], "removed": [_row(one) for one in removed]}
    said = {**(said or {}), **(hidden or {}), **{name: rows for name, rows in kept.items() if rows}}
    return seal(act, subjects=about, said=said, public=False, **signed)


def enter_links(decision: Decision, links: Iterable[tuple[LinkKind, Decision]]) -> list[Link]:
    """The rows of what a decision does to earlier ones, inside the act that says so; each once. Raises
    `LinkedToLater`."""
    made, known = [], set(decision.links.values_list("kind", "other"))
    for kind, other in links:
        check_link(decision.ref, decision.taken, other.ref, other.taken, other.title)
        if (kind.value, other.pk) not in known:
            known.add((kind.value, other.pk))
            ref = free_ref(Link, f"{decision.ref}-l{len(known)}")
            made.append(
                Link.objects.create(ref=ref, decision=decision, kind=kind, other=other, source=decision.source)
            )
    return made


def _row(fact: Model) -> dict[str, Any]:
    table = tables.table_of(type(fact))
    return {"table": table.name, "ref": str(fact.pk), "row": table.row(fact, settings.CHARTER.languages)}
