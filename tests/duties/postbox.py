"""A real mail server of this machine, and a house of its own for clocks that run as processes."""

import datetime as dt
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller

ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Postbox:
    """What a mail server has taken. `answer` decides what it says to a letter; `seconds` how long it
    takes."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answer: Callable[[EmailMessage], str] = lambda letter: "250 Taken"
        self.unknown: set[str] = set()
        self.seconds = 0.0

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        if address in self.unknown:
            return "550 No such address here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content, policy=policy.default)
        said = self.answer(letter)
        if said.startswith("250"):
            self.taken.append(letter)
        time.sleep(self.seconds)
        return said

    @property
    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.taken]


@contextmanager
def open_at(port: int, box: Postbox) -> Iterator[Postbox]:
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield box
    finally:
        server.stop()


class House:
    """A database on disk and the commands that work on it, each a process of its own."""

    def __init__(self, place: Path, port: int) -> None:
        self.database = place / "chancery.sqlite3"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CHANCERY_")},
            "DJANGO_SETTINGS_MODULE": "chancery.settings",
            "CHANCERY_HOME": str(place),
            "CHANCERY_DATABASE": f"sqlite://{self.database}",
            "CHANCERY_CHARTER": str(ROOT / "records" / "practice" / "charter.toml"),
            "CHANCERY_SQLITE_SYNC": "OFF",
            "CHANCERY_SMTP_HOST": "127.0.0.1",
            "CHANCERY_SMTP_PORT": str(port),
            "CHANCERY_SECRET_KEY": "not a secret: a test's",
        }

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "chancery", *arguments], env=self.environment, cwd=ROOT,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def clock(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "chancery", "clock"], env=self.environment, cwd=ROOT,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def rows(self, statement: str, *values: object) -> list[tuple]:
        with sqlite3.connect(self.database, timeout=20) as connection:
            found = connection.execute(statement, values).fetchall()
        connection.close()
        return found

    def queue(self, count: int) -> None:
        at = dt.datetime.now(dt.UTC).replace(tzinfo=None).isoformat(" ")
        for number in range(count):
            self.rows(
                "INSERT INTO duties_letter (ref, 'to', subject, body, language, classification, batch,"
                " queued, asked, due) VALUES (?, ?, 'Notice', 'Words', 'en', 'open', '', ?, ?, ?)",
                f"letter-{number}", f"delegation{number}@example.org", at, at, at,
            )  # fmt: skip

    def sent(self) -> int:
        return self.rows("SELECT count(*) FROM duties_letter WHERE sent IS NOT NULL")[0][0]


def house(template: Path, place: Path, port: int) -> House:
    """A house with the tables made; they are made once and copied."""
    made = House(place, port)
    if not template.exists():
        made.run("migrate", "--verbosity", "0")
        made.run("createcachetable")
        shutil.copy(made.database, template)
    else:
        shutil.copy(template, made.database)
    return made


def wait_for(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
