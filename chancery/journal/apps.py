from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "chancery.journal"
    label = "journal"
