"""Writes docs/reference/ from the code: acts, who may do them, refusals, words of lists. `--check` compares."""

import inspect
from argparse import ArgumentParser
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from chancery.core.refusals import Refusal
from chancery.people import policy

FOLDER = settings.ROOT / "docs" / "reference"
_HEAD = "<!-- Made by `make docs`; do not edit. -->\n"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        pages = {"acts.md": acts(), "refusals.md": refusals(), "words.md": words()}
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            path = FOLDER / name
            if not check:
                path.write_text(text, encoding="utf-8")
            elif not path.exists() or path.read_text(encoding="utf-8") != text:
                raise CommandError(f"{path.relative_to(settings.ROOT)} is stale; run make docs")


def _modules(name: str) -> Iterator[tuple[str, ModuleType]]:
    for area in settings.AREAS:
        try:
            yield area, import_module(f"chancery.{area}.{name}")
        except ModuleNotFoundError:
            continue


def acts() -> str:
    """Every act with its docstring, and what the policy knows."""
    lines = [_HEAD, "# Acts", ""]
    for area, module in _modules("acts"):
        own = [
            (name, act)
            for name, act in inspect.getmembers(module, inspect.isfunction)
            if act.__module__.startswith(module.__name__)
            and "by" in inspect.signature(act).parameters
            and name[0] != "_"
        ]
        if own:
            lines += [f"## {area}", ""]
        for name, act in own:
            given = ", ".join(key for key in inspect.signature(act).parameters)
            doc = " ".join((inspect.getdoc(act) or "").split())
            lines += [f"* **{name}** ({given}): {doc}"]
        lines += [""] if own else []
    lines += ["## What the policy knows", "", *(f"* `{act}`" for act in policy.acts()), ""]
    return "\n".join(lines)


def refusals() -> str:
    """Every refusal with its sentence, status and reason."""
    lines = [_HEAD, "# Refusals", "", "| refusal | status | sentence | why |", "| --- | --- | --- | --- |"]
    for area in settings.AREAS:
        own = [one for one in _subclasses(Refusal) if one.__module__.startswith(f"chancery.{area}.")]
        for one in sorted(own, key=lambda refusal: (refusal.__name__, refusal.sentence)):
            why = " ".join((one.__doc__ or "").split()) if one.__doc__ != Refusal.__doc__ else ""
            lines.append(f"| {area}.{one.__name__} | {one.status} | {one.sentence} | {why} |")
    return "\n".join([*lines, ""])


def _subclasses(kind: type) -> set[type]:
    return {kind, *(below for one in kind.__subclasses__() for below in _subclasses(one))}


def words() -> str:
    """The words of every list."""
    lines = [_HEAD, "# Words of lists", ""]
    for area, module in _modules("rules"):
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, StrEnum) and kind.__module__.startswith(module.__name__):
                lines.append(f"* {area}.**{name}**: {', '.join(f'`{one.value}`' for one in kind)}")
    return "\n".join([*lines, ""])
