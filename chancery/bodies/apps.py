from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "chancery.bodies"
    label = "bodies"

    def ready(self) -> None:
        from . import tables

        tables.fill()
