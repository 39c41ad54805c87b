from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "chancery.documents"
    label = "documents"

    def ready(self) -> None:
        from . import tables

        tables.fill()
