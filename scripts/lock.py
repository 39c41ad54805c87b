"""The locked versions: `scripts/lock.py` renews them, `--check` says whether pyproject.toml names something else.

The check needs no network: each requirement's name must stand in the lock, with a version that satisfies it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = [str(ROOT / ".venv" / "bin" / "uv"), "pip", "compile", "--quiet", "--generate-hashes", "--universal"]
LOCKS = {"requirements.lock": [], "requirements-dev.lock": ["--group", "dev"]}


def main() -> None:
    if "--check" in sys.argv:
        faults = [fault for lock in LOCKS for fault in stale(lock)]
        sys.exit("\n".join(faults) if faults else 0)
    for lock, more in LOCKS.items():
        command = [*UV, "--python-version", "3.11", *more, "pyproject.toml", "-o", lock]
        subprocess.run(command, cwd=ROOT, check=True)


def stale(lock: str) -> list[str]:
    """What pyproject.toml asks for and the lock does not give."""
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    if "dev" in lock:
        wanted += project["dependency-groups"]["dev"]
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.M)
    locked = {name.lower().replace("_", "-"): version for name, version in pins}
    faults = []
    for line in wanted:
        requirement = Requirement(line)
        version = locked.get(requirement.name.lower().replace("_", "-"))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            faults.append(f"{lock} gives {version} for {line}; run scripts/lock.py")
    return faults


if __name__ == "__main__":
    main()
