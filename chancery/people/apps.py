from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "chancery.people"
    label = "people"

    def ready(self) -> None:
        from chancery.core import navigation

        from . import policy

        navigation.ask(policy.may)
