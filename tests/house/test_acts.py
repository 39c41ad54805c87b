"""Every act has the same form."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest
from django.conf import settings

FREE = {"recording", "seal", "append"}  # the journal's own way in
HELPERS = {"days", "end", "called", "free_ref", "checked", "enter", "text_of", "course", "check_before", "enter_links"}


def modules(area: str) -> Iterator[ModuleType]:
    """The file of an area's acts, or the files of the folder; a folder that names its acts is taken at its word."""
    try:
        module = import_module(f"chancery.{area}.acts")
    except ModuleNotFoundError:
        return
    yield module
    if hasattr(module, "__all__"):
        return
    for one in pkgutil.iter_modules(getattr(module, "__path__", [])):
        yield import_module(f"{module.__name__}.{one.name}")


def acts() -> list[tuple[str, object]]:
    found = {}
    for area in settings.AREAS:
        for module in modules(area):
            for name, function in inspect.getmembers(module, inspect.isfunction):
                own = function.__module__ == module.__name__ or name in getattr(module, "__all__", ())
                public = own and not name.startswith("_")
                if public and name not in FREE | HELPERS and area != "journal":
                    found[f"{area}.{name}"] = function
    return sorted(found.items())


@pytest.mark.parametrize(("name", "act"), acts(), ids=lambda value: value if isinstance(value, str) else "")
def test_an_act_takes_keywords_says_who_acts_and_is_documented(name, act):
    parameters = inspect.signature(act).parameters.values()
    by_keyword = all(one.kind in (one.KEYWORD_ONLY, one.VAR_KEYWORD) for one in parameters)
    assert by_keyword, f"{name} takes positional arguments"
    assert "by" in {one.name for one in parameters}, f"{name} does not say who acts"
    assert inspect.getdoc(act), f"{name} has no docstring"
    assert "now" not in {one.name for one in parameters}, f"{name}: the instant is stamped by seal"


def test_there_are_acts():
    assert len(acts()) > 20
