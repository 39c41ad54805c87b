from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "chancery.journal"
    label = "journal"

    def ready(self) -> None:
        from django.core import checks
        from django.urls import reverse

        from chancery.core import navigation

        from .append_only import check

        checks.register(check, checks.Tags.database)
        navigation.add_address("journal", lambda ref: reverse("journal-checkpoint"))
