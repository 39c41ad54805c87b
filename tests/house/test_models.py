"""What holds for all facts."""

import pytest
from django.apps import apps
from django.db import connection, models

from chancery.core.models import Dated, Fact
from chancery.core.tables import all_tables

FACTS = [model for model in apps.get_models() if issubclass(model, Fact)]
DATED = [model for model in FACTS if issubclass(model, Dated)]
MAY_OVERLAP = {"body", "post", "catalogueedition", "priorityarea", "focalpoint"}  # one row each, nothing to clash with
OUTSIDE = {"noteverbale"}  # facts that never leave the house


def test_there_are_facts():
    assert len(FACTS) > 15


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_a_fact_is_kept_in_a_table_of_the_record(model):
    tables = {table.model for table in all_tables()}
    assert model in tables or model._meta.model_name in OUTSIDE


@pytest.mark.parametrize("model", DATED, ids=lambda model: model.__name__)
def test_a_period_ends_after_it_began(model):
    names = {constraint.name for constraint in model._meta.constraints}
    assert f"{model._meta.app_label}_{model._meta.model_name}_period" in names


@pytest.mark.django_db
@pytest.mark.parametrize("model", DATED, ids=lambda model: model.__name__)
def test_periods_of_one_thing_never_overlap(model):
    if model._meta.model_name in MAY_OVERLAP:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s", [f"{table}_no_overlap"])
            assert cursor.fetchone()[0] == 1
        else:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE %s", [f"{table}_no_overlap_%"])
            assert cursor.fetchone()[0] == 2


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_nothing_is_deleted_by_cascade(model):
    parts = {"NewsText", "Picture"}  # parts of a draft go with it
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and model.__name__ not in parts:
            assert field.remote_field.on_delete is models.PROTECT, f"{model.__name__}.{field.name}"
