"""How fast acts are sealed and a million entries verified; how long and large proofs and bundles are."""

import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = 1_000_000
APPENDS = 400
PROOFS = 200


def run(entries: int = ENTRIES) -> dict[str, Any]:
    """Appends a second beside the database's own commits, entries verified a second in one process, and the
    middle time and size of proofs in journals of 1,000 entries to a million. On SQLite, synchronous."""
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as home:
        environment = {
            **os.environ,
            "CHANCERY_HOME": home,
            "CHANCERY_DATABASE": f"sqlite://{home}/chancery.sqlite3",
            "CHANCERY_CHARTER": str(ROOT / "records" / "practice" / "charter.toml"),
            "DJANGO_SETTINGS_MODULE": "chancery.settings",
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.journal", str(entries)],
            env=environment, cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
    return json.loads(done.stdout)


def measure(entries: int) -> dict[str, Any]:
    """The same in this process, on the database of the settings."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    figures = appends()
    build(entries)
    return {**figures, **verification(), **proofs(entries), **bundles()}


def appends() -> dict[str, Any]:
    """One row and one commit each: as the database alone does it, and as an act with its entry."""
    from django.db import transaction

    from chancery.core.models import Source
    from chancery.journal import acts

    def commit(number: int) -> None:
        with transaction.atomic():
            Source.objects.create(ref=f"s{number}", title="A source", quality="invented")

    def seal(number: int) -> None:
        with acts.recording():
            subjects = [f"sources:s{number}"]
            acts.seal("practice.try", by="secretariat", said={"number": number}, subjects=subjects)

    commits, sealed = _rate(commit, APPENDS), _rate(seal, APPENDS)
    return {
        "commits_a_second": round(commits),
        "appends_a_second": round(sealed),
        "appends_for_each_commit": round(sealed / commits, 2),
    }


def build(entries: int) -> None:
    """Fills the journal up to a number of small public entries, past the acts but to the same bytes."""
    from django.db import connection, transaction

    from chancery.core.canonical import canonical
    from chancery.journal import acts, leaf, queries, tree
    from chancery.journal.models import Entry

    start = queries.size()
    frontier = tree.Frontier.at(start, queries.nodes)
    at = Entry.objects.get(seq=start).at
    salts = random.Random(7)

    def rows() -> Any:
        for seq in range(start + 1, entries):
            decided = {"act": "practice.try", "by": "chair", "facts": [], "said": {"number": seq}, "subjects": []}
            content = canonical(decided)
            salt, hidden = salts.randbytes(16), salts.randbytes(16)
            hashes = leaf.Commitment(leaf.public_hash(salt, content), leaf.private_hash(hidden, b"{}"))
            when = at + dt.timedelta(milliseconds=seq - start)
            nodes = frontier.append(tree.leaf_hash(leaf.leaf(seq, when, hashes.digest)))
            kept = when.replace(tzinfo=None).isoformat(" ")
            yield seq, kept, "practice.try", True, content.decode(), salt, "{}", hidden, nodes

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO journal_entry VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)", rows())
    acts.checkpoint()  # with the entry that announces the key, the last of them


def verification() -> dict[str, Any]:
    """Numbers, instants, commitments, leaves, stored nodes, root and signature, read from the database."""
    from chancery.journal import queries, verify

    begun = time.perf_counter()
    report = verify.verify_log(queries.log(), queries.checkpoints(), [queries.vkeys()[0].vkey])
    taken = time.perf_counter() - begun
    if not report.sound:
        raise RuntimeError(str(report.faults[0]))
    return {"verified_entries": report.signed, "verified_entries_a_second": round(report.size / taken)}


def proofs(entries: int) -> dict[str, Any]:
    """Inclusion proofs, with the queries, in the trees of growing sizes."""
    from chancery.journal import queries

    figures: dict[str, Any] = {}
    picked = random.Random(7)
    size = 1_000
    while size <= entries:
        times, hashes = [], 0
        for _ in range(PROOFS):
            seq = picked.randint(1, size)
            begun = time.perf_counter()
            hashes = max(hashes, len(queries.inclusion(seq, size).path))
            times.append(time.perf_counter() - begun)
        figures[f"proof_ms_of_{size}"] = round(sorted(times)[PROOFS // 2] * 1000, 2)
        figures[f"proof_bytes_of_{size}"] = hashes * 32
        size *= 10
    return figures


def bundles() -> dict[str, Any]:
    """The bundle of an entry that names a text of 200 paragraphs, at the end of the whole journal."""
    from hashlib import sha256

    from chancery.core.canonical import canonical
    from chancery.journal import acts, bundle, queries, witnesses

    words = "The Member States reaffirm what they agreed and ask the Chair to report on it each year. " * 5
    text = {"language": "en", "blocks": [{"id": f"b{n}", "kind": "operative", "text": words} for n in range(1, 201)]}
    said = {"version": "v", "language": "en", "digest": sha256(canonical(text)).hexdigest()}
    with acts.recording():
        seq = acts.seal("practice.adopt", by="chair", subjects=["versions:v"], said=said).seq
    acts.checkpoint()
    key, packed = queries.vkeys()[-1].vkey, b""

    def make(number: int) -> None:
        nonlocal packed
        packed = witnesses.bundle(seq, text=text).pack()

    def verify(number: int) -> None:
        if not bundle.verify(bundle.read(packed), [key]).sound:
            raise RuntimeError("the bundle is not sound")

    return {
        "bundle_made_ms": round(1000 / _rate(make, PROOFS), 2),
        "bundle_verified_ms": round(1000 / _rate(verify, PROOFS), 2),
        "bundle_kb": round(len(packed) / 1000),
    }


def _rate(do: Any, times: int) -> float:
    begun = time.perf_counter()
    for number in range(times):
        do(number)
    return times / (time.perf_counter() - begun)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
