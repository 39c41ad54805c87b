"""How fast the clock records the results of a thousand silences that end at one instant, and that it does so exactly
once while clocks are killed."""

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SILENCES = 1_000
MEMBERS = 28
KILLS = 200
KILLED_AFTER = 1.5  # seconds
EACH = 3  # silences that fall due for each kill


def run(silences: int = SILENCES, kills: int = KILLS) -> dict[str, Any]:
    """Seconds to close silences of 28 members with two clocks, one of which is killed on the way; then kills at any
    statement, after each of which everything is closed once. On SQLite, synchronous."""
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as home:
        environment = {
            **os.environ,
            "CHANCERY_HOME": home,
            "CHANCERY_DATABASE": f"sqlite://{home}/chancery.sqlite3",
            "CHANCERY_CHARTER": str(ROOT / "records" / "practice" / "charter.toml"),
            "DJANGO_SETTINGS_MODULE": "chancery.settings",
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.silence", str(silences), str(kills)],
            env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return json.loads(done.stdout)


def measure(silences: int, kills: int) -> dict[str, Any]:
    """The same in this process, on the database of the settings."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    organisation()
    over = timezone.now() - dt.timedelta(hours=1)
    proposed(silences, "a", over)
    seconds = _two_clocks("close-silence")
    told = _two_clocks("announce-silence")
    checked(silences)
    later = over + dt.timedelta(days=30)
    refs = proposed(kills * EACH, "b", later)
    died = _kills(refs, kills, over)
    checked(silences + kills * EACH)
    return {
        "silences": silences, "seconds": round(seconds, 1), "closed_a_second": round(silences / seconds),
        "seconds_until_all_were_told": round(told, 1), "letters_queued": silences * MEMBERS,
        "kills": kills, "clocks_that_died_at_work": died,
        "lost_or_twice": 0,  # else `checked` has raised
    }  # fmt: skip


def organisation() -> None:
    """Members with a delegate each, and a body."""
    from chancery.bodies.models import Body
    from chancery.core.models import Source
    from chancery.core.text import LocalizedText
    from chancery.parties.models import Membership, Party, PartyName
    from chancery.people.models import Account, Grant

    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    founded = dt.date(1999, 9, 14)
    for number in range(MEMBERS):
        ref = f"x{chr(ord('a') + number)}" if number < 26 else f"q{chr(ord('a') + number - 26)}"
        party = Party.objects.create(ref=ref, kind="state", iso2=ref.upper(), source="practice")
        PartyName.objects.create(
            ref=f"{ref}-en", party=party, language="en", form="short", text=f"State {ref}", status="confirmed",
            source="practice",
        )  # fmt: skip
        Membership.objects.create(ref=ref, party=party, capacity="member", since=founded, source="practice")
        account = Account.objects.create(email=f"{ref}@practice.example", name=f"Voice of {ref}")
        Grant.objects.create(account=account, role="delegate", scope=ref, since=founded)
    Body.objects.create(
        ref="soc", kind="governing", name=LocalizedText({"en": "Senior Officials"}), source="practice"
    )


def proposed(number: int, series: str, expires: dt.datetime) -> list[str]:
    """Silences that end at one instant, each on a text of its own; their references in the order of the texts."""
    from chancery.core.text import LocalizedText
    from chancery.decisions.models import Silence
    from chancery.documents.models import Document, Version
    from chancery.documents.rules import blocks

    kinds = blocks.BlockKind
    text = [blocks.Block("b1", kinds.TITLE, "Statement"), blocks.Block("b2", kinds.OPERATIVE, "Do.")]
    for place in range(number):
        ref = f"{series}-{place:05}"
        document = Document.objects.create(
            ref=ref, symbol=ref.upper(), series="L", kind="statement", title=LocalizedText({"en": f"Statement {ref}"}),
            body_id="soc", language="en", classification="body", tabled=dt.date(2024, 10, 1), source="practice",
        )  # fmt: skip
        version = Version.objects.create(
            ref=f"{ref}.v1", document=document, position=1, kind="original", circulated=dt.date(2024, 10, 1),
            language="en", blocks=blocks.keep(text), digest=blocks.digest(text, "en"), source="practice",
        )  # fmt: skip
        began = expires - dt.timedelta(days=60)
        Silence.objects.create(
            version=version, body_id="soc", shape="regulation", verb="approve", basis="Article 4", proposed=began,
            opens=began, expires=expires,
        )  # fmt: skip
    made = Silence.objects.filter(version__ref__startswith=f"{series}-").order_by("version")
    return list(made.values_list("ref", flat=True))


def _two_clocks(name: str) -> float:
    """How long two clocks need for a duty, one of which is killed on the way."""
    begun = time.perf_counter()
    first, second = _clock(name=name), _clock(name=name)
    time.sleep(KILLED_AFTER)
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    os.waitpid(second, 0)
    return time.perf_counter() - begun


def _kills(refs: list[str], kills: int, over: dt.datetime) -> int:
    """Two clocks for some silences at a time, one killed at a statement; how many died while at work."""
    from django.db import connection

    from chancery.decisions.models import Silence

    picked, died = random.Random(7), 0
    for place in range(kills):
        batch = refs[place * EACH : (place + 1) * EACH]
        Silence.objects.filter(ref__in=batch).update(expires=over + dt.timedelta(seconds=place + 1))
        connection.close()
        killed, other = _clock(picked.randint(1, 150)), _clock()
        died += os.WIFSIGNALED(os.waitpid(killed, 0)[1])
        os.waitpid(other, 0)
    return died


def _clock(kill_at: int = 0, name: str = "") -> int:
    """A clock in a process of its own, which does what is due; it dies at a statement, if one is named."""
    from django.db import connection

    from chancery.duties import clock, registry

    connection.close()
    if pid := os.fork():
        return pid
    duties = [one for one in registry.all_duties() if one.name in ("close-silence", "announce-silence")]
    statements = 0

    def counting(execute: Any, *given: Any) -> Any:
        nonlocal statements
        statements += 1
        if statements == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*given)

    with connection.execute_wrapper(counting):
        for duty in duties if name == "" else [one for one in duties if one.name == name]:
            clock.once([duty])
    connection.close()
    os._exit(0)


def checked(closed: int) -> None:
    """Every silence is closed once, numbered in order, and told to everybody once."""
    from chancery.decisions.models import Decision, Silence
    from chancery.duties.models import Letter
    from chancery.journal.models import Entry
    from chancery.notices.models import Notice

    told = Notice.objects.filter(event="silence-adopted")
    found = [
        Silence.objects.filter(outcome="adopted").count(),
        Entry.objects.filter(act="decisions.close-silence").count(),
        len({one.rpartition(".")[2] for one in Decision.objects.values_list("number", flat=True)}),
        told.count() // MEMBERS,
        told.values("account", "subject").distinct().count() // MEMBERS,
        Letter.objects.count() // MEMBERS,
    ]
    if found != [closed] * len(found):
        raise RuntimeError(f"expected {closed} of each, found {found}")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(*map(int, sys.argv[1:]))))
