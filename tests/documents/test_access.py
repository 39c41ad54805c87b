"""Who reads what: classification by role."""

import pytest

from chancery.documents.rules.access import Audience, Classification, clock, delegate, presides, reads
from chancery.people.rules import Right, Role, Standing, Unit

PUBLIC, PARTIES, BODY, SECRETARIAT = Classification
WHO = {
    "anybody": Standing(),
    "account without a role": Standing(signed_in=True),
    "officer": Standing(frozenset({Right(Role.OFFICER, Unit.PRESS)})),
    "auditor": Standing(frozenset({Right(Role.AUDITOR)})),
    "presidency": Standing(frozenset({Right(Role.PRESIDENCY, "soc")})),
    "member's delegate": Standing(frozenset({Right(Role.DELEGATE, "xa")})),
    "member's focal point": Standing(frozenset({Right(Role.FOCAL_POINT, "xa")})),
    "observer's delegate": Standing(frozenset({Right(Role.DELEGATE, "qo")})),
    "former member's delegate": Standing(frozenset({Right(Role.DELEGATE, "gone")})),
    "sponsor, no member": Standing(frozenset({Right(Role.DELEGATE, "sponsor")})),
}
READS = {  # public, parties, body, Secretariat
    "anybody": "+---",
    "account without a role": "+---",
    "officer": "++++",
    "auditor": "++++",
    "presidency": "+++-",
    "member's delegate": "+++-",
    "member's focal point": "+++-",
    "observer's delegate": "++--",
    "former member's delegate": "+---",
    "sponsor, no member": "++++",  # its own paper
}


@pytest.mark.parametrize("who", WHO)
def test_who_reads_what(who):
    members, parties = frozenset({"xa", "xb"}), frozenset({"xa", "xb", "qo"})
    found = ""
    for classification in (PUBLIC, PARTIES, BODY, SECRETARIAT):
        audience = Audience(classification, members, parties, frozenset({"sponsor"}))
        found += "+" if reads(WHO[who], audience) else "-"
    assert found == READS[who]


@pytest.mark.parametrize(
    ("classification", "expected"),
    [
        (PUBLIC, {"xa", "qo", "xs"}),
        (PARTIES, {"xa", "qo", "xs"}),
        (BODY, {"xa", "xs"}),
        (SECRETARIAT, {"xs"}),
    ],
)
def test_to_which_delegations_a_paper_goes(classification, expected):
    audience = Audience(classification, frozenset({"xa"}), frozenset({"xa", "qo"}), frozenset({"xs"}))
    assert audience.delegations == expected


@pytest.mark.parametrize(
    ("right", "body", "expected"),
    [
        (Right(Role.PRESIDENCY, "soc"), "soc", True),
        (Right(Role.PRESIDENCY, "soc"), "mc", False),
        (Right(Role.PRESIDENCY, ""), "mc", True),  # of the whole organisation
        (Right(Role.PRESIDENCY, "soc"), None, True),
        (Right(Role.OFFICER, Unit.DOCUMENTS), "mc", True),  # for the Chair
        (Right(Role.OFFICER, Unit.PRESS), "mc", False),
        (Right(Role.DELEGATE, "soc"), "soc", False),
    ],
)
def test_who_presides(right, body, expected):
    assert presides(Standing(frozenset({right})), body) is expected


def test_who_speaks_for_a_party():
    voice = Standing(frozenset({Right(Role.DELEGATE, "xa"), Right(Role.FOCAL_POINT, "xb")}))
    assert [delegate(voice, party) for party in ("xa", "xb", "xc", None)] == [True, False, False, True]


def test_the_clock_is_nobody_who_signed_in():
    assert clock(Standing(machine="clock"), None)
    assert not any(clock(who, None) for who in [*WHO.values(), Standing(machine="console")])
