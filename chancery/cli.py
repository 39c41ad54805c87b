"""The console command: the organisation's commands, and Django's under it."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chancery.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["chancery", *sys.argv[1:]])
