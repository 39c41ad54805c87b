from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "chancery.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        from . import tables

        tables.fill()
