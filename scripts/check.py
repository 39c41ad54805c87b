"""What a machine can say of the code: run by `make check`, step by step, all of them even if one fails."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
STEPS = [
    ("style", [BIN / "ruff", "check", "."]),
    ("the ladder of areas", [BIN / "lint-imports"]),
    ("Django's own checks", [BIN / "chancery", "check", "--fail-level", "WARNING"]),
    ("migrations match the models", [BIN / "chancery", "makemigrations", "--check", "--dry-run"]),
    ("the charters", [BIN / "chancery", "check-charter", "records/cica/charter.toml", "records/practice/charter.toml"]),
    ("the style sheet is fresh", [BIN / "python", "-m", "chancery.core.styles", "--check"]),
    ("the catalogues are fresh", [BIN / "python", "scripts/catalogues.py", "--check"]),
    ("the reference is fresh", [BIN / "chancery", "reference", "--check"]),
    ("the lock is fresh", [BIN / "python", "scripts/lock.py", "--check"]),
]


def main() -> None:
    failed = [name for name, command in STEPS if not passes(name, [str(part) for part in command])]
    if failed:
        sys.exit("Not right: " + "; ".join(failed))
    sys.stdout.write(f"{len(STEPS)} checks passed\n")


def passes(name: str, command: list[str]) -> bool:
    sys.stdout.write(f"— {name}\n")
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    main()
