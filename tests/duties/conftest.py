from collections.abc import Iterator
from pathlib import Path

import pytest

from .postbox import House, Postbox, free_port, house, open_at


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def post(settings, port) -> Iterator[Postbox]:
    """Mail really goes over SMTP, to a server that is up."""
    smtp(settings, port)
    with open_at(port, Postbox()) as box:
        yield box


def smtp(settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5


@pytest.fixture
def own_house(tmp_path: Path, tmp_path_factory, port) -> House:
    return house(tmp_path_factory.getbasetemp() / "made.sqlite3", tmp_path, port)
