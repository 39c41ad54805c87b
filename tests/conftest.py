"""Fixtures that all tests share; each area has its own section."""

# ---------------------------------------------------------------- journal
# The journal's triggers refuse the flush with which Django clears the database after a test of real
# transactions. Such a test asks for `fresh_database` instead of `transactional_db`: a database of its own.
import copy
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import translation

_OF_A_DATABASE = {"db", "transactional_db", "fresh_database", "world", "loaded"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches a database runs: rules, files and typesetting cannot come out otherwise there."""
    if "CHANCERY_TEST_DATABASE" not in os.environ:
        return
    apart = [one for one in items if not (one.get_closest_marker("django_db") or _OF_A_DATABASE & {*one.fixturenames})]
    config.hook.pytest_deselected(items=apart)
    left = set(items) - set(apart)
    items[:] = [one for one in items if one in left]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A request leaves its language behind: the next test must not begin in it."""
    with translation.override("en"):
        yield


@dataclass
class Database:
    """A migrated database that only one test knows. `start` runs Python in a process of its own on it."""

    url: str
    home: Path
    started: list[subprocess.Popen] = field(default_factory=list)

    def start(self, program: str, *arguments: str) -> subprocess.Popen:
        environment = {
            **os.environ,
            "CHANCERY_TEST_DATABASE": self.url,
            "CHANCERY_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{program}", *arguments],
            env=environment, cwd=Path(__file__).parent.parent, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.started.append(process)
        return process


@pytest.fixture
def fresh_database(django_db_setup, tmp_path, settings, django_db_blocker) -> Iterator[Database]:
    """A database for this test alone, on which transactions are real and other processes can work too."""
    settings.KEY_FILE = tmp_path / "journal.key"
    with django_db_blocker.unblock():
        name = _copy(django_db_setup, tmp_path)
        database = Database(_url(name), tmp_path)
        with _connected_to(name):
            yield database
        for process in database.started:
            process.kill()
            process.communicate()
        _drop(name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, tmp_path_factory, django_db_blocker) -> Iterator[str]:
    """The tests' database, migrated, and the name of a copy that stays as it was, from which others are made."""
    with django_db_blocker.unblock():
        template = _set_aside(tmp_path_factory.mktemp("template"))
    yield template
    with django_db_blocker.unblock():
        _drop(template)


def _on_postgresql() -> bool:
    return connections["default"].vendor == "postgresql"


def _set_aside(folder: Path) -> str:
    connection = connections["default"]
    if not _on_postgresql():
        with connection.cursor() as cursor:  # it lies in memory
            cursor.execute("VACUUM INTO %s", [str(folder / "template.sqlite3")])
        return str(folder / "template.sqlite3")
    connection.close()  # PostgreSQL copies only what nobody is connected to
    return _copy(connection.settings_dict["NAME"], folder)


def _copy(template: str, folder: Path) -> str:
    if not _on_postgresql():
        return shutil.copy(template, folder / "test.sqlite3")
    name = f"chancery_{uuid4().hex}"
    _administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _drop(name: str) -> None:
    if _on_postgresql():
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


def _administer(statement: str) -> None:
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(statement)


def _url(name: str) -> str:
    if not _on_postgresql():
        return f"sqlite://{name}"
    kept = connections["default"].settings_dict
    return f"postgresql://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:{kept['PORT']}/{name}"


class _connected_to:
    """Django connected to another database for a while, in new threads too."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        self.kept, self.settings = connections["default"], connections.settings["default"]
        connections.settings["default"] = {**copy.deepcopy(self.settings), "NAME": self.name}
        connections["default"] = connections.create_connection("default")

    def __exit__(self, *problem: object) -> None:
        connections["default"].close()
        connections.settings["default"], connections["default"] = self.settings, self.kept


# ---------------------------------------------------------------- the cast
from tests.cast import (  # noqa: E402, F401
    delegate,
    documents,
    press,
    programme,
    protocol,
    reader,
    source,
    states,
)  # fmt: skip
