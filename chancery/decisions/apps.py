from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "chancery.decisions"
    label = "decisions"

    def ready(self) -> None:
        from . import tables

        tables.fill()
