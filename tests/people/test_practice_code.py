"""The console shows the code of a practice account, and of no other."""

import pytest
import time_machine
from django.core.management import CommandError, call_command

from chancery.people import acts, policy

pytestmark = pytest.mark.django_db
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238, appendix B


@pytest.fixture(autouse=True)
def _known(settings):
    settings.PRACTICE = True
    account = {"name": "A", "password": "practice-only", "totp_secret": SECRET}
    entries = [{**account, "email": "a@practice.example"}, {**account, "email": "b@example.org"}]
    acts.load_practice_accounts(entries=entries, by=policy.OPERATOR)


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")])
def test_the_code_is_that_of_the_moment(at: int, code: str, capsys):
    with time_machine.travel(at, tick=False):
        call_command("practice-code", "a")
    assert capsys.readouterr().out.strip() == code


@pytest.mark.parametrize("name", ["b", "nobody", ""])
def test_there_is_none_of_other_accounts(name: str):
    with pytest.raises(CommandError, match="no practice account"):
        call_command("practice-code", name)


def test_there_is_none_where_nobody_practises(settings):
    settings.PRACTICE = False
    with pytest.raises(CommandError, match="only a practice installation"):
        call_command("practice-code", "a")
