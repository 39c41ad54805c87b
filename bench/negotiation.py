"""A long text under negotiation: its page, one paragraph of it, and delegations that speak all at once.

Asked of the real server. On PostgreSQL too where `CHANCERY_BENCH_POSTGRESQL` names an empty database."""

import contextlib
import datetime as dt
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from . import pages, synthetic

PARAGRAPHS, MEMBERS, EACH = 200, 28, 50
REF = "bench-text"
PAGE = f"/en/negotiations/{REF}/"
TOKEN = "b" * 32  # of forms; the cookie and the field must be alike
ENGLISH = (  # noqa: SIM905
    "the Ministers reaffirm recall invite Members to deepen cooperation in all fields and apply measures of trust on "
    "equal footing with respect for sovereignty through dialogue among experts every year by report and review of "
    "progress as agreed at their last Summit with support from partners who share these aims without prejudice"
).split()
RUSSIAN = (  # noqa: SIM905
    "министры подтверждают напоминают приглашают государства углублять сотрудничество во всех областях и применять "
    "меры доверия на равной основе с уважением к суверенитету посредством диалога экспертов ежегодно по докладу и "
    "обзору хода работы как согласовано на последнем саммите при поддержке партнёров разделяющих эти цели"
).split()


def run() -> dict[str, Any]:
    """Milliseconds to the first byte of the page and of one paragraph, bytes as they are sent, queries; then 28
    delegations that record 50 positions each at once, by one click each: how many are lost, and how long one takes."""
    found = {"SQLite": _on("")}
    if url := os.environ.get("CHANCERY_BENCH_POSTGRESQL"):
        found["PostgreSQL"] = _on(url)
    return found


def _on(url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as folder, _database(url):
        home = synthetic.prepared(Path(folder))
        sessions = json.loads(_apart(home, "prepare"))
        with pages.served(home) as origin:
            found = _page(origin, sessions[0]) | _at_once(origin, sessions)
        return {**json.loads(_apart(home, "queries")), **found, **json.loads(_apart(home, "kept"))}


@contextlib.contextmanager
def _database(url: str) -> Iterator[None]:
    """The processes that are started meanwhile work on a database."""
    before = os.environ.pop("CHANCERY_DATABASE", None)
    if url:
        os.environ["CHANCERY_DATABASE"] = url
    try:
        yield
    finally:
        os.environ.pop("CHANCERY_DATABASE", None)
        if before is not None:
            os.environ["CHANCERY_DATABASE"] = before


def _apart(home: Path, what: str) -> str:
    """What a function of this file gives in a process of its own on the database of a home."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.negotiation", what],
        env=synthetic.environment(home), cwd=synthetic.ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return made.stdout


# ------------------------------------------------------------------------------------------------- the server
class Reader:
    """A browser of somebody, on one connection."""

    def __init__(self, origin: str, session: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=120)
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Accept-Encoding": "br, gzip"}

    def ask(self, path: str, typed: dict[str, str] | None = None, **headers: str) -> tuple[float, int, bytes]:
        """Milliseconds to the first byte, the status, and what was sent."""
        body = urlencode({**typed, "csrfmiddlewaretoken": TOKEN}) if typed else None
        form = {"Content-Type": "application/x-www-form-urlencoded"} if typed else {}
        began = time.perf_counter()
        self.connection.request("POST" if typed else "GET", path, body, {**self.headers, **form, **headers})
        answer = self.connection.getresponse()
        took = (time.perf_counter() - began) * 1000
        return took, answer.status, answer.read()


def _page(origin: str, session: str) -> dict[str, Any]:
    reader = Reader(origin, session)
    whole = [reader.ask(PAGE) for _ in range(24)][4:]
    one = [reader.ask(f"{PAGE}paragraphs/b50/", **{"HX-Request": "true"}) for _ in range(44)][4:]
    if {status for _, status, _ in whole + one} != {200}:
        raise RuntimeError("the page is not there")
    return {
        "page, first byte, ms": statistics.median(took for took, *_ in whole),
        "page, first byte, p95, ms": _p95([took for took, *_ in whole]),
        "page, bytes as sent": len(whole[0][2]),
        "one paragraph, ms": statistics.median(took for took, *_ in one),
        "one paragraph, p95, ms": _p95([took for took, *_ in one]),
    }


def _at_once(origin: str, sessions: list[str]) -> dict[str, Any]:
    """Every delegation says something else than before, of one paragraph after the other."""
    took: list[float] = []
    together = threading.Barrier(MEMBERS)

    def speak(session: str) -> None:
        reader = Reader(origin, session)
        together.wait()
        for number in range(EACH):
            ms, status, _ = reader.ask(f"{PAGE}positions/", {"take": f"awaiting_capital b{number + 2}"})
            if status != 302:
                raise RuntimeError(f"a position was answered with {status}")
            took.append(ms)

    began = time.perf_counter()
    threads = [threading.Thread(target=speak, args=(one,)) for one in sessions]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    seconds = time.perf_counter() - began
    return {
        "positions recorded at once": len(took), "positions a second": round(len(took) / seconds),
        "one position, ms": statistics.median(took), "one position, p95, ms": _p95(took),
        "positions lost": MEMBERS * EACH - len(took),
    }  # fmt: skip


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95) - 1]


# ----------------------------------------------------------------------------------------------- its database
def prepare() -> list[str]:
    """A text of 200 paragraphs in two languages with the positions of 28 delegations on each; the session of a
    delegate of each."""
    from django.test import Client

    from chancery.core.asof import today
    from chancery.documents.queries import access

    parties = sorted(access.on(today()).members)[:MEMBERS]
    version = _text()
    _positions(version, parties)
    found = []
    for party in parties:
        client = Client()
        client.force_login(_voice(party), backend="allauth.account.auth_backends.AuthenticationBackend")
        found.append(client.cookies["sessionid"].value)
    return found


def _text() -> Any:
    from chancery.bodies.models import Body
    from chancery.core.asof import today
    from chancery.core.text import LocalizedText
    from chancery.documents.models import Document, Translation, Version
    from chancery.documents.rules import blocks

    chance, kinds = random.Random(1), blocks.BlockKind
    text = [blocks.Block("b1", kinds.TITLE, "Statement")]
    text += [blocks.Block(f"b{n + 2}", kinds.OPERATIVE, _words(chance, ENGLISH, 70)) for n in range(PARAGRAPHS)]
    document = Document.objects.create(
        ref=REF, symbol="PRA/BENCH", series="L", kind="statement", route="statement", body=Body.objects.get(pk="swg"),
        title=LocalizedText({"en": "Statement"}), language="en", classification="body", tabled=today(),
        source="practice-rules",
    )  # fmt: skip
    version = Version.objects.create(
        ref=f"{REF}.1", document=document, position=1, kind="original", circulated=today(), language="en",
        blocks=blocks.keep(text), digest=blocks.digest(text, "en"), source="practice-rules",
    )  # fmt: skip
    Translation.objects.create(
        ref=f"{REF}.1.ru.1", version=version, language="ru", position=1, standing="working", circulated=today(),
        texts={one.id: _words(chance, RUSSIAN, 65) for one in text}, source="practice-rules",
    )  # fmt: skip
    return version


def _positions(version: Any, parties: list[str]) -> None:
    """On each paragraph most can join, some wait for their capital, and a fifth say something."""
    from chancery.core.asof import now
    from chancery.documents.models import Position

    chance = random.Random(2)
    often = {"can_join": 70, "awaiting_capital": 10, "comment": 14, "reservation": 4, "objection": 2}
    rows = []
    for number in range(PARAGRAPHS):
        for party in parties:
            stance = chance.choices(list(often), list(often.values()))[0]
            words = _words(chance, ENGLISH, chance.randint(8, 60)) if often[stance] < 70 else ""
            rows.append(
                Position(
                    document=version.document, version=version, block=f"b{number + 2}", party_id=party, stance=stance,
                    words=words, language="en", at=now(), account="bench", capacity=f"delegation of {party}",
                )
            )  # fmt: skip
    Position.objects.bulk_create(rows, batch_size=500)


def _voice(party: str) -> Any:
    from allauth.mfa.models import Authenticator

    from chancery.people.models import Account, Grant

    account = Account.objects.create(email=f"bench-{party}@practice.example", name=f"Voice of {party}")
    Grant.objects.create(account=account, role="delegate", scope=party, since=dt.date(2020, 1, 1))
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    return account


def _words(chance: random.Random, of: list[str], number: int) -> str:
    return " ".join(chance.choices(of, k=number)).capitalize() + "."


def queries() -> dict[str, Any]:
    """How many queries the page and the paragraph cost, sessions and rights included."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from chancery.people.models import Account

    client = Client()
    account = Account.objects.get(email__startswith="bench-xa")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    found = {}
    for name, path in (("page", PAGE), ("one paragraph", f"{PAGE}paragraphs/b50/")):
        with CaptureQueriesContext(connection) as asked:
            client.get(path, headers={"HX-Request": "true"} if name != "page" else {})
        found[f"{name}, queries"] = len(asked)
    return found


def kept() -> dict[str, Any]:
    """What became of the positions: each is the last word, and each has its entry."""
    from chancery.documents.models import Position
    from chancery.journal.models import Entry

    last = Position.objects.filter(stance="awaiting_capital", block__in=[f"b{n + 2}" for n in range(EACH)])
    spoken = Entry.objects.filter(act="documents.take-position")
    counted = {"last words kept": last.count(), "entries kept": spoken.count()}
    if set(counted.values()) != {MEMBERS * EACH}:
        raise RuntimeError(f"positions were lost: {counted}")
    return counted


PARTS: dict[str, Callable[[], Any]] = {"prepare": prepare, "queries": queries, "kept": kept}

if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(PARTS[sys.argv[1]]()))
