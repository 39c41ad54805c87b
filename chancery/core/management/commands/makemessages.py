"""Collects the words of the interface; refusals mark their sentences with `sentence(...)`."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=sentence"]
