from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "chancery.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from . import tables

        tables.fill()
