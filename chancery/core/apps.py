from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "chancery.core"
    label = "core"

    def ready(self) -> None:
        from django.core import checks

        from . import tables
        from .models import Quality, Source
        from .signing import identity

        checks.register(identity.check, checks.Tags.security)

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
