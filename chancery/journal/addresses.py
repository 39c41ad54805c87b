"""Addresses without a language, for machines."""

from django.urls import path, register_converter

from . import views


class Number:
    """A number from 1 that the database can hold, written in one way only."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Number, "number")

urlpatterns = [
    path("journal/checkpoint", views.checkpoint_note, name="journal-checkpoint-note"),
    path("journal/checkpoints/<number:size>", views.checkpoint_of, name="journal-checkpoint-of"),
    path("journal/keys", views.keys_text, name="journal-keys"),
    path("journal/entries.json", views.entries_json, name="journal-entries-json"),
    path("journal/entry/<number:seq>.json", views.entry_json, name="journal-entry-json"),
    path("journal/proof/<number:seq>.json", views.proof_json, name="journal-proof-json"),
    path(
        "journal/consistency/<number:old>/<number:new>.json",
        views.consistency_json,
        name="journal-consistency-json",
    ),
]
