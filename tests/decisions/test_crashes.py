"""A process that dies in the middle of an act leaves nothing of it; one that dies after it, everything."""

import pytest
from django.db import connection

KEPT = {
    "propose": ("decisions.propose-silence", {"decisions.Silence", "notices.Notice", "duties.Letter"}),
    "break": (
        "decisions.break-silence",
        {"decisions.Silence", "decisions.Reply", "notices.Notice", "duties.Letter"},
    ),
    "adopt": (
        "decisions.adopt",
        {"decisions.Decision", "decisions.Statement", "notices.Notice", "duties.Letter"},
    ),
    "publish": (
        "documents.classify,decisions.publish",
        {"decisions.Decision", "documents.Document", "notices.Notice", "duties.Letter"},
    ),
    "circulate": (
        "documents.circulate",
        {
            "documents.Version", "documents.Translation", "documents.Draft", "notices.Notice", "duties.Letter",
        },
    ),
    "take-position": ("documents.take-position", {"documents.Position"}),
}  # fmt: skip
"""What is there of each act when it is done: its entries, and the tables that changed besides the journal."""
JOURNAL = {"journal.Entry", "journal.Mention"}


@pytest.mark.kill
def test_an_act_that_is_killed_at_any_statement_leaves_nothing_or_everything(fresh_database):
    connection.close()
    done = fresh_database.start("from tests.decisions.crashing import main; main()")
    said, problems = done.communicate(timeout=240)
    assert done.returncode == 0, problems
    *lines, last = [line.split() for line in said.splitlines()]
    assert last == ["sound"]
    for act, (entries, changed) in KEPT.items():
        whole, *kills, after = [line[1:] for line in lines if line[0] == act]
        assert whole == ["whole", "False", entries, ",".join(sorted(changed | JOURNAL))]
        assert len(kills) == 6
        assert [one[1:] for one in kills] == [["True", "nothing"]] * 6, f"{act}: {kills}"
        assert after[1:] == ["True", str(len(entries.split(",")))]
