from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "chancery.exchange"
    label = "exchange"

    def ready(self) -> None:
        from chancery.people import policy, rules

        policy.allow("exchange.load", rules.machine)
        policy.allow("exchange.correct", rules.officer())
        policy.allow("exchange.strike", rules.officer())
