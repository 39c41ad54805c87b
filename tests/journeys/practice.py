"""The practice record, served by real processes, and somebody who signs in to it."""

import base64
import hmac
import os
import re
import shutil
import struct
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import APIRequestContext

from tests.duties.postbox import ROOT, Postbox, free_port, open_at, wait_for

ACCOUNTS = ROOT / "records" / "practice-accounts.toml"


# ------------------------------------------------------------------------------------------ the processes
@dataclass
class Served:
    """A record that is served: its address, the letters that left it, and where it lies."""

    origin: str
    post: Postbox
    log: Path
    home: Path

    def url(self, path: str) -> str:
        return self.origin + path

    def letter_to(self, email: str) -> str:
        """The words of the last letter to somebody, once it came."""

        def letters() -> list:
            return [letter for letter in self.post.taken if email in str(letter["To"])]

        wait_for(lambda: bool(letters()))
        return letters()[-1].get_content()


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """`chancery serve` on the practice record in an empty home, as `make practice` runs it."""
    port, mail = free_port(), free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHANCERY_", "DJANGO_"))}
    environment = {
        **kept,
        "CHANCERY_HOME": str(home),
        "CHANCERY_ORIGIN": f"http://localhost:{port}",
        "CHANCERY_SQLITE_SYNC": "OFF",
        "CHANCERY_SMTP_HOST": "127.0.0.1",
        "CHANCERY_SMTP_PORT": str(mail),
    }
    log = home.with_name("serve.log")
    command = [sys.executable, "-m", "chancery", "--practice", "serve", "--port", str(port), "--workers", "1"]
    with open_at(mail, Postbox()) as post, log.open("w") as words:
        # Letters to waiting@ stay in the outbox, so that there are some to look at.
        post.answer = lambda letter: "451 Later" if "waiting@" in str(letter["To"]) else "250 Taken"
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=words, stderr=subprocess.STDOUT)
        try:
            made = Served(f"http://localhost:{port}", post, log, home)
            wait_for(lambda: _answers(made, server), seconds=240)
            yield made
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _answers(made: Served, server: subprocess.Popen) -> bool:
    assert server.poll() is None, made.log.read_text()
    try:
        urllib.request.urlopen(made.url("/journal/keys"), timeout=10).close()
    except urllib.error.HTTPError as problem:
        problem.close()
        return True
    except OSError:
        return False
    return True


def chromium() -> str:
    """The system's Chromium. Without it the tests fail: a journey that was not made proves nothing."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Chromium is missing: install the package `chromium`, or name the browser's path in CHROMIUM"
    return found


# ------------------------------------------------------------------------------------------ signing in
@dataclass(frozen=True)
class Known:
    """A practice account, with what its holder knows."""

    email: str
    name: str
    password: str
    totp_secret: str


def account(name: str) -> Known:
    """The account of `name`@practice.example."""
    rows = tomllib.loads(ACCOUNTS.read_text(encoding="utf-8"))["accounts"]
    row = next(row for row in rows if row["email"] == f"{name}@practice.example")
    return Known(row["email"], row["name"], row["password"], row["totp_secret"])


def totp(secret: str, *, at: float | None = None) -> str:
    """The six digits that an authenticator app shows (RFC 6238: SHA-1, steps of 30 seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = int(time.time() if at is None else at) // 30
    digest = hmac.digest(key, struct.pack(">Q", step), "sha1")
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


def sign_in(request: APIRequestContext, known: Known) -> None:
    """Signs in without drawing a page: password, then code."""
    step = send(request, "/en/account/sign-in/", {"login": known.email, "password": known.password})
    assert step.endswith("/second-factor/code/"), f"{known.email} was not asked for a code but led to {step}"
    step = send(request, step, {"code": totp(known.totp_secret)})
    assert step.endswith("/desk/"), f"{known.email} was led to {step}"


def send(request: APIRequestContext, path: str, typed: dict[str, Any]) -> str:
    """Sends the form of a page, files too, without drawing it; returns where it leads."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', request.get(path).text())
    assert token, f"no form at {path}"
    answer = request.post(path, multipart={**typed, "csrfmiddlewaretoken": token[1]}, max_redirects=0)
    wrong = re.findall(r'id="errors".*?</div>', answer.text(), re.DOTALL)
    assert answer.status == 302, f"{path} answered {answer.status} {wrong}"
    return answer.headers["location"]
