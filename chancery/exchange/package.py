"""The description of the tables by which other programs understand them: a Frictionless Tabular Data Package."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from chancery.core import tables
from chancery.core.charter import Charter
from chancery.core.refs import FORM
from chancery.core.tables import Column, Table

from .folder import csv_name

_DAY = r"\d{4}(-\d\d(-\d\d)?|-Q[1-4])?|(by|attested) \d{4}-\d\d-\d\d"
_FORMS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "ref": {"type": "string", "constraints": {"pattern": FORM.pattern}},
    "refs": {"type": "string", "description": "references with blanks between them"},
    "choice": {"type": "string"},
    "localized": {"type": "string"},
    "day": {
        "type": "string",
        "description": "a day, known to the day, the month, the quarter or the year, or only as a bound",
        "constraints": {"pattern": _DAY},
    },
    "date": {"type": "date"},
    "time": {"type": "time", "format": "%H:%M"},
    "instant": {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%SZ"},
    "number": {"type": "integer", "constraints": {"minimum": 0}},
    "flag": {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
}


def describe(charter: Charter) -> str:
    """The text of `datapackage.json`; the same record always gives the same bytes."""
    package = {
        "profile": "tabular-data-package",
        "name": charter.ref,
        "title": charter.name.texts[charter.reference_language],
        "description": "The organisation's record: facts with their periods and sources.",
        **({"homepage": charter.website} if charter.website else {}),
        "resources": [
            _resource(table, charter.languages) for table in tables.all_tables() if table.layout != "markdown"
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def columns(table: Table) -> list[Column]:
    """The columns that lie in the table's CSV file: the content of a Digest has a file of its own."""
    return [column for column in table.columns if column.kind != "json"]


def _resource(table: Table, languages: Sequence[str]) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [
        {"name": "ref", "type": "string", "constraints": {"required": True, "unique": True, "pattern": FORM.pattern}}
    ]
    for column in columns(table):
        fields += _fields(column, languages)
    keys = [
        {
            "fields": column.name,
            "reference": {"resource": "" if column.table == table.name else column.table, "fields": "ref"},
        }
        for column in columns(table)
        if column.kind == "ref" and column.table
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": csv_name(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": fields, "primaryKey": "ref", "missingValues": [""],
            **({"foreignKeys": keys} if keys else {}),
        },
    }  # fmt: skip


def _fields(column: Column, languages: Sequence[str]) -> Iterator[dict[str, Any]]:
    for at, name in enumerate(column.parts(languages)):
        form = _FORMS[column.kind]
        constraints = {
            **form.get("constraints", {}),
            **({"required": True} if column.required and at == 0 else {}),
            **({"enum": [one for one in column.choices if one]} if column.choices else {}),
        }
        field = {"name": name, **form, **({"constraints": constraints} if constraints else {})}
        if name.endswith(".working"):
            field["description"] = "languages whose text is a working translation"
        yield field
