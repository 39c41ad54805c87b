"""`python -m chancery.core.signing < order.json > signed.pdf`; see `pades.sign_apart`."""

import sys

from ..typesetting.press import answer
from .pades import Unsignable, sign

sys.exit(answer(sign, (Unsignable,)))
