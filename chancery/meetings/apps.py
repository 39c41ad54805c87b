from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "chancery.meetings"
    label = "meetings"

    def ready(self) -> None:
        from . import tables

        tables.fill()
