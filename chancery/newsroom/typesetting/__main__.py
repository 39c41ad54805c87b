"""`python -m chancery.newsroom.typesetting < order.json > digest.pdf`; an order has the arguments of `typeset`."""

import sys

from .apart import serve

sys.exit(serve())
