"""A long text under negotiation: its page, one paragraph of it, and delegations that speak all at once.

Asked of the real server. On PostgreSQL too where `CHANCERY_BENCH_POSTGRESQL` names an empty database."""

import contextlib
import datetime as dt
import html
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
PROPOSALS, PROPOSING, TIMES = 1_000, 10, 10
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


def bracketed() -> dict[str, Any]:
    """The same page with a thousand proposals in brackets instead; then ten delegations that propose ten times each on
    one paragraph at once."""
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as folder:
        home = synthetic.prepared(Path(folder))
        sessions = json.loads(_apart(home, "prepare-brackets"))
        with pages.served(home) as origin:
            found = _page(origin, sessions[0]) | _proposing(origin, sessions[:PROPOSING])
        return {**json.loads(_apart(home, "queries")), **found, **json.loads(_apart(home, "tabled"))}


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


def _proposing(origin: str, sessions: list[str]) -> dict[str, Any]:
    """Every delegation proposes other words for one paragraph, again and again."""
    took: list[float] = []
    together = threading.Barrier(len(sessions))

    def propose(place: int, session: str) -> None:
        reader = Reader(origin, session)
        seen = _seen(reader.ask(f"{PAGE}paragraphs/b2/proposal/", **{"Accept-Encoding": "identity"})[2].decode())
        together.wait()
        for number in range(TIMES):
            text = f"The Ministers meet {place} times in the year {2000 + number}."
            typed = {"text": text, "aside": "on", "reason": "", "propose": "1", "seen": seen}
            ms, status, _ = reader.ask(f"{PAGE}paragraphs/b2/proposal/", typed)
            if status != 302:
                raise RuntimeError(f"a proposal was answered with {status}")
            took.append(ms)

    threads = [threading.Thread(target=propose, args=pair) for pair in enumerate(sessions)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return {
        "proposed at once on one paragraph": len(took), "one proposal, ms": statistics.median(took),
        "one proposal, p95, ms": _p95(took), "proposals lost": len(sessions) * TIMES - len(took),
    }  # fmt: skip


def _seen(form: str) -> str:
    """The words of the paragraph as the form has them."""
    return html.unescape(form.partition('name="seen" value="')[2].partition('"')[0])


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95) - 1]


# ----------------------------------------------------------------------------------------------- its database
def prepare() -> list[str]:
    """A text of 200 paragraphs in two languages with the positions of 28 delegations on each; the session of a
    delegate of each."""
    parties = _members()
    _positions(_text(), parties)
    return _sessions(parties)


def prepare_brackets() -> list[str]:
    """The text with a thousand proposals on it; the session of a delegate of each member."""
    parties = _members()
    _proposals(_text(), parties)
    return _sessions(parties)


def _members() -> list[str]:
    from chancery.core.asof import today
    from chancery.documents.queries import access

    return sorted(access.on(today()).members)[:MEMBERS]


def _sessions(parties: list[str]) -> list[str]:
    from django.test import Client

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


def _proposals(version: Any, parties: list[str]) -> None:
    """Five on each paragraph: other words most of all, new paragraphs, some left out, some instead; every other one
    with a reason, some supported."""
    from chancery.core.asof import now
    from chancery.documents.models import Proposal
    from chancery.documents.rules.edits import edits

    chance, rows = random.Random(3), []
    kinds = {"words": 80, "insert": 10, "delete": 5, "alternative": 5}
    for number in range(1, PROPOSALS + 1):
        block = version.text[1 + number % PARAGRAPHS]
        kind = chance.choices(list(kinds), list(kinds.values()))[0]
        before = "" if kind == "insert" else block.text
        text = _changed(chance, before) if before else _words(chance, ENGLISH, 30)
        said = {"before": before, "text": text, "edits": edits(before, text) if kind == "words" else []}
        rows.append(
            Proposal(
                document=version.document, number=number, version=version, kind=kind, language="en", body_id="swg",
                block=f"b{1000 + number}" if kind == "insert" else block.id, at=now(), account="bench",
                block_kind="operative" if kind == "insert" else "", after=block.id if kind == "insert" else "",
                wordings={} if kind == "delete" else {"en": said}, parties=chance.choice(parties),
                supporters=" ".join(sorted(chance.sample(parties, chance.randint(0, 3)))), capacity="delegation",
                reason=_words(chance, ENGLISH, 15) if number % 2 else "",
            )
        )  # fmt: skip
    Proposal.objects.bulk_create(rows, batch_size=500)


def _changed(chance: random.Random, text: str) -> str:
    words = text.split(" ")
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(words))
        words[at : at + chance.randint(0, 3)] = chance.choices(ENGLISH, k=chance.randint(0, 3))
    return " ".join(words)


def tabled() -> dict[str, Any]:
    """What became of the proposals: each is there once, with its number and its entry."""
    from chancery.documents.models import Proposal
    from chancery.journal.models import Entry

    numbers = set(Proposal.objects.values_list("number", flat=True))
    sealed = Entry.objects.filter(act="documents.propose").count()
    if numbers != set(range(1, PROPOSALS + PROPOSING * TIMES + 1)) or sealed != PROPOSING * TIMES:
        raise RuntimeError("proposals were lost")
    return {"proposals kept": len(numbers) - PROPOSALS, "entries of proposals kept": sealed}


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


PARTS: dict[str, Callable[[], Any]] = {
    "prepare": prepare, "prepare-brackets": prepare_brackets, "queries": queries, "kept": kept, "tabled": tabled,
}  # fmt: skip

if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(PARTS[sys.argv[1]]()))
