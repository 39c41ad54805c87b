from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "chancery.core"
    label = "core"

    def ready(self) -> None:
        from . import tables
        from .models import Quality, Source

        tables.register(
            tables.Table(
                "sources",
                Source,
                [
                    tables.text("title", required=True),
                    tables.text("address"),
                    tables.choice("quality", Quality.values),
                    tables.text("note"),
                ],
            )
        )
