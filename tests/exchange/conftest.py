"""A small record in a folder, and a place for files of its own."""

from pathlib import Path

import pytest

from tests.exchange.records import build


@pytest.fixture
def folder(tmp_path) -> Path:
    return build(tmp_path / "record")


@pytest.fixture(autouse=True)
def _place(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.KEY_FILE = settings.HOME / "journal.key"
