from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "chancery.duties"
    label = "duties"
