"""`python -m chancery.newsroom.typesetting < order.json > digest.pdf`; see `apart.serve`."""

import sys

from .apart import serve

sys.exit(serve())
