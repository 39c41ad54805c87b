"""Money: a decimal amount with its currency, never a float."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Self

from .refusals import Refusal, sentence


class CurrenciesDiffer(Refusal):
    """Amounts of two currencies cannot be added without a rate."""

    sentence = sentence("{one} and {other} are two currencies; a rate is needed first.")


class UnclearAmount(Refusal):
    sentence = sentence("“{text}” is not an amount of money. Write it like 10000.00 USD.")


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` in units of `currency` (ISO 4217), two decimals."""

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `10000.00 USD`. Raises `UnclearAmount`."""
        number, _, currency = text.strip().partition(" ")
        try:
            amount = Decimal(number)
        except InvalidOperation:
            raise UnclearAmount(text=text) from None
        if not amount.is_finite() or len(currency) != 3 or not (currency.isascii() and currency.isupper()):
            raise UnclearAmount(text=text)
        return cls(amount.quantize(Decimal("0.01")), currency)

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise CurrenciesDiffer(one=self.currency, other=other.currency)
        return Money(self.amount + other.amount, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
