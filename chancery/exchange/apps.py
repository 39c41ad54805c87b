from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "chancery.exchange"
    label = "exchange"
