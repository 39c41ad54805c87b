"""Silence closes exactly once, whatever dies: two clocks with real processes, one of them killed at any statement."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from chancery.decisions.models import Decision, Silence
from chancery.duties.models import Letter
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from tests.cast import account, state
from tests.decisions import texts

KILLS = 20
EACH = 3  # silences for each kill
PROGRAM = """
import datetime as dt, os, signal, sys
from django.db import connection
from django.utils import timezone
from chancery.decisions.models import Silence
from chancery.duties import clock, registry
EACH, over = int(sys.argv[1]), timezone.now() - dt.timedelta(hours=1)
refs = list(Silence.objects.order_by("version").values_list("ref", flat=True))
duties = [one for one in registry.all_duties() if one.name in ("close-silence", "announce-silence")]

def child(kill_at):
    pid = os.fork()
    if pid:
        return pid
    count = 0
    def counting(execute, *given):
        nonlocal count
        count += 1
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*given)
    with connection.execute_wrapper(counting):
        clock.once(duties)
    connection.close()
    os._exit(0)

for place, kill_at in enumerate(map(int, sys.argv[2:])):
    batch = refs[place * EACH : (place + 1) * EACH]
    Silence.objects.filter(ref__in=batch).update(expires=over + dt.timedelta(seconds=place))
    connection.close()
    clocks = [child(kill_at), child(0)]
    ends = [os.waitpid(pid, 0)[1] for pid in clocks]
    print(*(os.WTERMSIG(end) if os.WIFSIGNALED(end) else 0 for end in ends), flush=True)
"""


@pytest.fixture
def running(fresh_database) -> list[Silence]:
    """Silences of a body with two members and their delegates; the program lets them fall due, some at a time."""
    from chancery.core.models import Source

    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    for ref, name in (("xa", "Aldora"), ("xp", "Maravel")):
        state(ref, name)
        account(f"Voice of {ref}", ("delegate", ref))
    later = timezone.now() + dt.timedelta(hours=1)
    return [_silence(number, later) for number in range(KILLS * EACH)]


def _silence(number: int, expires: dt.datetime) -> Silence:
    return Silence.objects.create(
        version=texts.version(texts.document(f"pra-soc-l-{number:03}")), body=texts.body("soc"), shape="regulation",
        verb="approve", basis="Article 4", proposed=expires - dt.timedelta(days=5),
        opens=expires - dt.timedelta(days=5), expires=expires,
    )  # fmt: skip


@pytest.mark.kill
def test_two_clocks_of_which_one_is_killed_at_any_statement(fresh_database, running):
    connection.close()
    points = [1 + 8 * number for number in range(KILLS)]
    done = fresh_database.start(PROGRAM, str(EACH), *map(str, points))
    said, problems = done.communicate(timeout=240)
    assert done.returncode == 0, problems
    ends = [line.split() for line in said.splitlines()]
    assert len(ends) == KILLS
    assert ["9", "0"] in ends, "no clock was killed while it worked"
    assert all(other == "0" for _killed, other in ends), problems
    connection.close()
    _closed_exactly_once(running)


def _closed_exactly_once(running: list[Silence]) -> None:
    assert Silence.objects.filter(outcome="adopted").count() == len(running)
    numbers = dict(Decision.objects.values_list("document", "number"))
    year = settings_year(running[0])
    assert numbers == {
        one.version.document_id: f"PRA/SOC/{year}/DEC.{place}" for place, one in enumerate(running, start=1)
    }
    assert Entry.objects.filter(act="decisions.close-silence").count() == len(running)
    told = Notice.objects.filter(event="silence-adopted")
    assert told.count() == told.values("account", "subject").distinct().count() == 2 * len(running)
    assert Letter.objects.count() == 2 * len(running)


def settings_year(silence: Silence) -> int:
    from django.conf import settings

    return settings.CHARTER.today(silence.expires).year
