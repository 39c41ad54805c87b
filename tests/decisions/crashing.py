"""Acts whose process is killed at one statement after another; each time the whole database is compared with what it
was. Run in a process of its own, because it forks; it prints what became of each."""

import datetime as dt
import hashlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

import time_machine
from django.apps import apps
from django.db import connection

from chancery.core.text import LocalizedText
from chancery.decisions.acts import register, room, silence
from chancery.decisions.acts.adoption import Said
from chancery.decisions.rules import Verb
from chancery.decisions.rules.register import StatementKind
from chancery.decisions.rules.silence import ReplyKind, Shape
from chancery.documents.acts.drafting import circulate, save_draft
from chancery.documents.acts.positions import take_positions
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.positions import Stance
from chancery.journal.models import Entry
from chancery.meetings.models import Meeting
from chancery.parties.models import Party
from tests.cast import STATES, account
from tests.decisions import at_once, quiet, texts

POINTS = 6  # statements at which an act is killed; once more when it is done
AFTER = 0
Act = Callable[[], Any]


class People:
    """Whoever acts."""

    def __init__(self) -> None:
        self.chair = account("Chair", ("presidency", ""))
        self.officer = account("Officer", ("officer", "documents"))
        self.voice = texts.voice("xp")
        texts.voice("xa")


def proposing(who: People, version: Any) -> Act:
    return lambda: silence.propose(
        version=version, body=texts.body("soc"), shape=Shape.REGULATION, verb=Verb.APPROVE, expires=quiet.EXPIRES,
        basis="Regulations, article 4", by=who.chair,
    )  # fmt: skip


def breaking(who: People, version: Any) -> Act:
    running = proposing(who, version)()
    return lambda: silence.reply(
        silence=running, party=Party.objects.get(pk="xp"), kind=ReplyKind.OBJECTION, words="Too far.", by=who.voice
    )


def adopting(who: People, version: Any) -> Act:
    said = [Said(StatementKind.RESERVATION, "xa", LocalizedText({"en": "Subject to our law."}))]
    return lambda: room.adopt(
        version=version, body=texts.body("soc"), session=Meeting.objects.get(), verb=Verb.APPROVE,
        present=tuple(STATES), statements=said, by=who.chair,
    )  # fmt: skip


def publishing(who: People, version: Any) -> Act:
    decision = adopting(who, version)()
    return lambda: register.publish(decision=decision, by=who.officer)


def circulating(who: People, version: Any) -> Act:
    rows = [{"id": "b1", "kind": "title", "texts": {"en": "Anew", "ru": "Снова"}}]
    draft = save_draft(document=version.document, blocks=rows, edition=0, by=who.officer)
    return lambda: circulate(
        document=version.document, blocks=[Block("b1", BlockKind.TITLE, "Anew")], translations={"ru": {"b1": "Снова"}},
        draft=draft.edition, by=who.officer,
    )  # fmt: skip


def positioning(who: People, version: Any) -> Act:
    return lambda: take_positions(
        version=version, party=Party.objects.get(pk="xp"), stance=Stance.COMMENT, words="Too long.",
        blocks=["b2", "b3", "b4"], by=who.voice,
    )  # fmt: skip


ACTS = {
    "propose": proposing, "break": breaking, "adopt": adopting, "publish": publishing, "circulate": circulating,
    "take-position": positioning,
}  # fmt: skip


def everything() -> dict[str, str]:
    """Each table with a digest of its rows."""
    return {model._meta.label: _digest(model) for model in apps.get_models() if model._meta.managed}


def _digest(model: Any) -> str:
    rows = model._base_manager.order_by("pk").values_list()
    return hashlib.sha256(repr([[_plain(cell) for cell in row] for row in rows]).encode()).hexdigest()


def _plain(cell: Any) -> Any:
    return bytes(cell) if isinstance(cell, memoryview) else cell


def killed(act: Act, at: int | None) -> tuple[bool, int]:
    """Does an act in a process that is killed before its statement number `at`, or `AFTER` it returned, or never
    (None). Says whether it was killed, and how many statements it made."""
    told, tell = os.pipe()
    connection.close()
    pid = os.fork()
    if not pid:
        _child(act, at, tell)
    os.close(tell)
    count = int(os.read(told, 8) or 0)
    os.close(told)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1]), count


def _child(act: Act, at: int | None, tell: int) -> None:
    count = 0

    def counting(execute: Any, *given: Any) -> Any:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*given)

    with connection.execute_wrapper(counting):
        act()
    if at == AFTER:
        os.kill(os.getpid(), signal.SIGKILL)
    os.write(tell, str(count).encode())
    os._exit(0)


def say(*words: Any) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def spread(last: int) -> Iterator[int]:
    """Statements from the first to the last one, at equal distances."""
    yield from sorted({1 + round(step * (last - 1) / (POINTS - 1)) for step in range(POINTS)})


def main() -> None:
    with time_machine.travel(quiet.OPENED, tick=False) as time:
        at_once.stage()
        who = People()
        for name, ready in ACTS.items():
            made = [ready(who, texts.version(texts.document(f"{name}-{n}"))) for n in range(2)]
            time.shift(dt.timedelta(seconds=1))
            last = _whole(name, made[0])
            before = everything()
            for at in spread(last):
                died, _ = killed(made[1], at)
                say(name, f"{at}/{last}", died, "nothing" if everything() == before else "something")
            entries = Entry.objects.count()
            died, _ = killed(made[1], AFTER)
            say(name, f"after/{last}", died, Entry.objects.count() - entries)
    at_once.journal_holds()
    say("sound")


def _whole(name: str, act: Act) -> int:
    """How many statements an act makes that nobody kills; it is there afterwards."""
    before, entries = everything(), list(Entry.objects.values_list("pk", flat=True))
    died, count = killed(act, None)
    after = everything()
    changed = sorted(label for label in after if after[label] != before[label])
    acts = Entry.objects.exclude(pk__in=entries).order_by("seq").values_list("act", flat=True)
    say(name, "whole", died, ",".join(acts), ",".join(changed))
    return count
