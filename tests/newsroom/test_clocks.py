"""Exactly once and all or nothing, with real processes."""

import datetime as dt
import signal

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from chancery.core.models import Source
from chancery.journal.models import Entry
from chancery.newsroom import acts, pictures
from chancery.newsroom.models import News, Picture
from tests.cast import account

from .stage import draft, jpeg, text

RELEASE = """
import sys
from chancery.duties import clock, registry
duty = next(one for one in registry.all_duties() if one.name == "publish-news")
sys.stdin.readline()
for _ in range(30):
    clock.once([duty])
"""
UPLOAD = """
import os, signal, sys
from pathlib import Path
from django.conf import settings
settings.MEDIA_ROOT = Path(sys.argv[1])
from chancery.newsroom import acts
from chancery.newsroom.models import News
from chancery.people.models import Account
from tests.newsroom.stage import jpeg, text
acts.seal = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
acts.add_picture(news=News.objects.get(), content=jpeg(90, 60), name="a.jpg", alt=text("A"), caption=text(""),
                 source="practice", by=Account.objects.get())
"""


@pytest.fixture
def officer(fresh_database):
    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    return account("Piers Press", ("officer", "press"))


def test_two_clocks_publish_each_item_once(fresh_database, officer):
    items = [draft(officer, title=text(f"Item {n}", "Пункт")) for n in range(12)]
    News.objects.update(release=timezone.now() - dt.timedelta(hours=3))  # the clocks were down when they fell due
    connection.close()
    clocks = [fresh_database.start(RELEASE) for _ in range(2)]
    for one in clocks:
        one.stdin.write("go\n")
        one.stdin.flush()
    assert [one.wait(60) for one in clocks] == [0, 0]
    assert News.objects.filter(published=settings.CHARTER.today(timezone.now()), release=None).count() == len(items)
    published = Entry.objects.filter(act="newsroom.publish")
    assert published.count() == len(items)
    assert sorted(one.mentions.get(subject__startswith="news:").subject for one in published) == sorted(
        f"news:{one.ref}" for one in items
    )


@pytest.mark.kill
def test_a_kill_between_the_file_and_the_act_leaves_the_draft_as_it_was(fresh_database, officer, files, client):
    item = draft(officer)
    entries = Entry.objects.count()
    connection.close()
    process = fresh_database.start(UPLOAD, str(files))
    assert process.wait(60) == -signal.SIGKILL, process.stderr.read()
    assert (Picture.objects.count(), Entry.objects.count()) == (0, entries)
    left = [path.name for path in files.iterdir()]
    assert left == [pictures.accept(jpeg(90, 60), "a.jpg")]  # the file is there, and nothing names it
    assert client.get(f"/files/{left[0]}").status_code == 404
    acts.add_picture(
        news=item, content=jpeg(90, 60), name="a.jpg", alt=text("A"), caption=text(""), source="practice", by=officer
    )
    assert Picture.objects.get().file == left[0]
