"""Public pages tell of public acts alone."""

import datetime as dt

import pytest
from django.test import Client

from chancery.core.asof import now
from chancery.people.rules import Role, Unit
from tests.decisions import quiet, texts
from tests.people.cast import person

pytestmark = pytest.mark.django_db


def test_what_is_done_in_private_changes_no_public_page(states, tmp_path, settings):
    """Public pages are kept under the last public entry: one that told of a private act would also grow stale."""
    from chancery.decisions.acts import candidature, room, silence
    from chancery.decisions.rules.candidature import Term
    from chancery.decisions.rules.silence import ReplyKind, working_days_after
    from chancery.documents.acts import calls, drafting, paragraphs, positions
    from chancery.documents.rules.positions import CallKind, Stance
    from chancery.journal import queries

    settings.KEY_FILE = tmp_path / "journal.key"
    chair, officer, mine = (person(name, *rights) for name, rights in _ROLES.items())
    session, xp = texts.session(day=now().date()), states["xp"]
    version = texts.version(texts.document("open-1", classification="public", route="statement", at="soc"))
    frozen = texts.version(texts.document("open-2", classification="public"))
    ends = working_days_after(now().date(), 5, settings.CHARTER.working_days, settings.CHARTER.holidays)
    noon = dt.datetime.combine(ends, dt.time(12), settings.CHARTER.zone)

    def pages() -> dict[str, str]:
        """Made anew, as a worker that has kept nothing makes them."""
        return {one: _shown(one) for one in _PUBLIC}

    head, before = queries.head(), pages()
    drafting.save_draft(
        document=version.document, edition=0, by=officer, blocks=[{"id": "b1", "kind": "title", "texts": {"en": "A"}}]
    )
    calls.call(version=version, kind=CallKind.SOUNDING, due=noon, by=chair)
    said = {"version": version, "party": xp, "by": mine}
    positions.take_position(stance=Stance.OBJECTION, words="No.", block="b3", **said)
    positions.take_position(stance=Stance.CAN_JOIN, block="b4", **said)
    paragraphs.agree(version=version, blocks=["b4"], body=session.body, by=chair)
    room.object_in_room(version=frozen, body=session.body, session=session, party=xp, by=chair)
    running = quiet.opened(chair, frozen, at=now(), expires=noon)
    silence.reply(silence=running, party=xp, kind=ReplyKind.STATEMENT, words="We read it so.", by=mine)
    while_it_runs = pages()
    silence.reply(silence=running, party=xp, kind=ReplyKind.OBJECTION, words="No.", by=mine)
    candidature.declare(party=xp, term=Term.NEXT, declared=now().date(), by=mine)
    assert queries.head() == head
    assert while_it_runs == before == pages()


_ROLES: dict[str, list[tuple[Role, str]]] = {
    "Chair": [(Role.PRESIDENCY, "")], "Officer": [(Role.OFFICER, Unit.DOCUMENTS)], "Mine": [(Role.DELEGATE, "xp")],
}  # fmt: skip
_PUBLIC = (
    "", "documents/", "documents/open-1/", "documents/open-2/", "documents/open-2/versions/1/", "decisions/",
    "decisions/follow-up/", "bodies/soc/", "parties/xp/", "meetings/", "journal/", "data/", "chair/",
)  # fmt: skip


def _shown(path: str) -> str:
    answer = Client().get(f"/en/{path}")
    assert answer.status_code in (200, 404)
    return answer.text
