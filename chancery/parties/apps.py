from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "chancery.parties"
    label = "parties"

    def ready(self) -> None:
        from . import tables

        tables.fill()
