"""`python -m chancery.core.typesetting < order.json > paper.pdf`; see `press.print_apart`."""

import sys

from .press import Untypesettable, answer, print_plan

sys.exit(answer(print_plan, (Untypesettable,)))
