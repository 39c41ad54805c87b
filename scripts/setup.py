"""Installs the project into .venv with nothing but the machine's Python: `python3 scripts/setup.py [--dev]`."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"Chancery needs Python {'.'.join(map(str, OLDEST))} or later; this is {sys.version.split()[0]}.")
    dev = "--dev" in sys.argv
    python = VENV / "bin" / "python"
    if not python.exists():
        say("Making a virtual environment in .venv …")
        venv.create(VENV, with_pip=True)
    lock = "requirements-dev.lock" if dev else "requirements.lock"
    say(f"Installing what {lock} names (this needs the network, once) …")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", str(ROOT / lock)])
    run([*pip, "--no-deps", "-e", str(ROOT)])
    for stamp in ["ready", "ready-dev"] if dev else ["ready"]:
        (VENV / stamp).touch()


def run(command: list[str]) -> None:
    if code := subprocess.run(command, check=False).returncode:
        sys.exit(code)


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
