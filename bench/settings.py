"""The real settings, with one view before all middleware to measure against."""

from chancery.settings import *  # noqa: F403
from chancery.settings import ALLOWED_HOSTS, MIDDLEWARE

MIDDLEWARE = ["bench.bare.Bare", *MIDDLEWARE]
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
