"""The ladder of areas, where imports do not show it: model relations, migrations and templates."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2] / "chancery"
STEP = {area: index for index, area in enumerate(settings.AREAS)}
EVERYWHERE = {"home", "desk", "sources", "account_login", "account_logout"}  # the furniture of every page


@pytest.mark.parametrize("model", [m for m in apps.get_models() if m._meta.app_label in STEP], ids=str)
def test_relations_point_down(model):
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and field.related_model:
            other = field.related_model._meta.app_label
            if other in STEP:
                assert STEP[other] <= STEP[model._meta.app_label], f"{model.__name__}.{field.name} points up"


def test_migrations_depend_downwards():
    loader = MigrationLoader(None)
    for (area, name), migration in loader.disk_migrations.items():
        for other, _ in migration.dependencies if area in STEP else ():
            if other in STEP:
                assert STEP[other] <= STEP[area], f"{area}.{name} depends on {other}"


def route_areas() -> dict[str, str]:
    """The area that each named address belongs to."""
    found: dict[str, str] = {}

    def walk(patterns: list) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern) and pattern.name:
                module = pattern.callback.__module__.split(".")
                if module[0] == "chancery":
                    found[pattern.name] = module[1]

    walk(get_resolver().url_patterns)
    return found


@pytest.mark.parametrize("area", settings.AREAS)
def test_templates_link_and_include_downwards(area):
    areas = route_areas()
    for template in (ROOT / area / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        for name in re.findall(r"{%\s*url ['\"]([\w-]+)['\"]", text):
            if name not in EVERYWHERE and name in areas:
                assert STEP[areas[name]] <= STEP[area], f"{template.name} of {area} links up to {name}"
        for included in re.findall(r"{%\s*(?:include|extends) ['\"](\w+)/", text):
            if included in STEP:
                assert STEP[included] <= STEP[area], f"{template.name} of {area} includes {included}"


@pytest.mark.parametrize("template", sorted(ROOT.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_nothing_is_inline(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", text), "an inline style, which the policy of the pages forbids"
    assert not re.search(r"\son[a-z]+=\"", text), "an inline handler"
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/' in script, "an inline script"
    assert "|safe" not in text or template.name in {"field.html", "help.html"}, "user text is escaped by construction"
