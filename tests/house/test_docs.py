"""Documentation is a contract."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from chancery.core import styles
from chancery.core.tables import all_tables

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_of_the_environment_is_described():
    code = (ROOT / "chancery" / "settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r"[\"'](CHANCERY_[A-Z_]+)[\"']", code))
    described = set(re.findall(r"`(CHANCERY_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    assert named - described == set()
    assert described - named - {"CHANCERY_TEST_DATABASE"} == set()


@pytest.mark.parametrize("area", settings.AREAS)
def test_every_area_has_its_place_in_the_architecture(area):
    assert f"`{area}`" in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_table_and_column_is_described():
    text = (ROOT / "docs" / "record-format.md").read_text(encoding="utf-8")
    for table in all_tables():
        assert f"**{table.name}**" in text or table.layout != "csv", table.name
        for column in table.columns if f"**{table.name}**" in text else ():
            described = text[text.index(f"**{table.name}**") :].partition("\n\n")[0]
            common = column.name in {"source", "note"} or table.layout != "csv"
            assert common or f"`{column.name}`" in described, f"{table.name}.{column.name}"


def test_the_style_sheet_is_the_sum_of_its_layers():
    assert styles.joined() == styles.SHEET.read_text(encoding="utf-8")


def test_links_between_the_texts_lead_somewhere():
    for text in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text.read_text(encoding="utf-8")):
            assert (text.parent / target).exists(), f"{text.name} links to {target}"


def test_terms_of_the_models_are_explained():
    from django.apps import apps

    from chancery.core.models import Fact

    terms = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8").casefold()
    for model in apps.get_models():
        if issubclass(model, Fact):
            words = re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).casefold()
            assert f"**{words}" in terms, words


def test_words_to_be_translated_stand_outside_f_strings():
    """gettext does not look into them, so nobody would be asked to translate such words."""
    hidden = re.compile(r"""\{\w*gettext(?:_lazy)?\(["'][^"',. ]{2}|\{_\(["'][^"',]{2}""")
    faults = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "chancery").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if hidden.search(line)
    ]
    assert faults == []
