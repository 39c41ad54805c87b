"""A record of any size: the practice record with meetings and news multiplied."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASE = 40  # meetings and news of the record at once its size: 4,000 at a hundred times


def environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CHANCERY_HOME": str(home),
        "CHANCERY_CHARTER": str(ROOT / "records" / "practice" / "charter.toml"),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": str(ROOT),
    }


def chancery(home: Path, *words: str) -> None:
    command = [sys.executable, "-m", "chancery", *words]
    subprocess.run(command, env=environment(home), check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def prepared(folder: Path) -> Path:
    """A home with the practice record loaded and static files collected."""
    home = folder / "base"
    chancery(home, "prepare", "--record", str(ROOT / "records" / "practice"))
    return home


def copy(home: Path, folder: Path, meetings: int, news: int) -> Path:
    """A copy of a prepared home with so many more meetings and news."""
    made = folder / f"with-{meetings}-{news}"
    shutil.copytree(home, made)
    code = f"from bench.synthetic import grow; grow({meetings}, {news})"
    setup = f"import django; django.setup(); {code}"
    subprocess.run([sys.executable, "-c", setup], env=environment(made), check=True, cwd=ROOT)
    return made


def grow(meetings: int, news: int) -> None:
    """Adds rows to the database of this process, spread over ten years, sealed as one act."""
    from chancery.core.text import LocalizedText
    from chancery.journal.acts import recording, seal
    from chancery.meetings.models import Meeting
    from chancery.meetings.tables import prepare
    from chancery.newsroom.models import News, NewsText

    first = dt.date(2015, 1, 1)
    codes = ["mp", "nc", "ec", "en", "hu", ""]
    with recording():
        Meeting.objects.bulk_create(
            (
                prepare(
                    Meeting(
                        ref=f"bench-{i}", kind="workshop", title=LocalizedText({"en": f"Workshop number {i}"}),
                        starts=first + dt.timedelta(days=i % 3650), starts_as="day", ends_as="day",
                        place=LocalizedText({"en": "Selmar"}), dimension=codes[i % 6], source="practice",
                    )
                )
                for i in range(meetings)
            ),
            batch_size=1000,
        )  # fmt: skip
        items = [
            News(
                ref=f"bench-news-{i}", kind="article", dated=first + dt.timedelta(days=i % 3650), dated_as="day",
                published=first + dt.timedelta(days=i % 3650), dimension=codes[i % 6], source="practice",
            )
            for i in range(news)
        ]  # fmt: skip
        News.objects.bulk_create(items, batch_size=1000)
        NewsText.objects.bulk_create(
            (
                NewsText(
                    ref=f"{item.ref}.en", news=item, language="en", title=f"News {item.ref}", lede="A lede.",
                    body="Some words. " * 40, status="confirmed", source="practice",
                )
                for item in items
            ),
            batch_size=1000,
        )  # fmt: skip
        seal("exchange.load", by="compilers", said={"meetings": meetings, "news": news})
