"""Fixtures of the newsroom."""

import pytest


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    """A folder of files for each test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT
