"""The charter: each fault with its line and reason."""

from pathlib import Path

import pytest

from chancery.core import charter

ROOT = Path(__file__).resolve().parents[2]
GOOD = (ROOT / "records" / "practice" / "charter.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(charter.CharterFaults) as problem:
        charter.parse(text)
    return problem.value.faults


@pytest.mark.parametrize("record", ["cica", "practice"])
def test_the_charters_that_ship_are_in_order(record):
    found = charter.read(ROOT / "records" / record / "charter.toml")
    assert found.languages[0] == "en"
    assert len(found.dimensions) == 5
    assert found.rules["two-thirds"].fraction == charter.Fraction(2, 3)


def test_an_unknown_key_is_named_with_its_line_and_what_is_known():
    text = GOOD.replace('symbol = "PRA"', 'symbol = "PRA"\ncolour = "blue"')
    line = text.splitlines().index('colour = "blue"') + 1
    ((found, sentence),) = faults(text)
    assert found == line
    assert "identity.colour" in sentence
    assert "known here" in sentence


def test_how_long_things_are_kept_is_a_number_of_days_or_the_products():
    text = GOOD.replace("notices = 365\n", "")
    kept = charter.parse(text)
    assert kept.retention["notices"] == 365
    assert kept.retention_defaults == set(charter.RETENTION), "their source says so"
    before, retention = text.split("[retention]")
    sourced = retention.replace("product-default", "practice")
    assert charter.parse(f"{before}[retention]{sourced}").retention_defaults == {"notices"}
    ((line, sentence),) = faults(GOOD.replace("notices = 365", "notices = 0"))
    assert (sentence, GOOD.splitlines()[line - 1]) == ("retention.notices must be 1 day at least", "notices = 365")
    ((line, sentence),) = faults(GOOD.replace("notices = 365", "notice = 9"))
    assert sentence.startswith("unknown key retention.notice;")


def test_a_missing_body_is_named_where_a_route_uses_it():
    text = GOOD.replace("[bodies.swg]", "[bodies.swgg]")
    assert any("names the body swg" in sentence for _, sentence in faults(text))


def test_a_cycle_in_the_routes_is_shown():
    text = GOOD + '\n[routes.back]\nbodies = ["mc", "soc", "swg"]\nsource = "x"\nname = { en = "Back" }\n'
    assert any("cycle" in sentence and "→" in sentence for _, sentence in faults(text))


def test_a_route_that_comes_to_one_body_twice():
    text = GOOD + '\n[routes.round]\nbodies = ["swg", "soc", "swg"]\nsource = "x"\nname = { en = "Round" }\n'
    assert any("comes to one body twice" in sentence for _, sentence in faults(text))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('zone = "Asia/Tashkent"', 'zone = "Asia/Nowhere"', "not a time zone"),
        ('fraction = "2/3"', 'fraction = "5/3"', "fraction such as 2/3"),
        ('fraction = "2/3"', "", "needs a fraction"),
        ('kind = "consensus"', 'kind = "coin"', "consensus, majority or quorum"),
        ('code = "mp"', 'code = "xx"', "dimension code xx"),
        ('code = "mp"', 'code = "nc"', "may be used once"),
        ('facts = "public"', 'facts = "everybody"', "must be one of public"),
        ('symbol = "PRA"', "symbol = 7", "must be a text"),
        ("working_days = [1, 2, 3, 4, 5]", "working_days = [0]", "ISO weekdays"),
    ],
)
def test_each_fault_has_its_sentence(old, new, words):
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))
    assert any(words in sentence for _, sentence in found), found
    assert all(line > 0 for line, _ in found)


def test_what_is_not_toml_names_the_line():
    ((line, sentence),) = faults('[identity]\nref = "x\n')
    assert line == 2
    assert "not TOML" in sentence


def test_all_faults_are_told_at_once():
    text = GOOD.replace('symbol = "PRA"', 'symbol = 7\ncolour = "blue"').replace('ref = "pra"', "ref = 3")
    assert len(faults(text)) >= 2


def test_a_file_that_is_missing_or_no_text(tmp_path):
    with pytest.raises(charter.CharterFaults, match="no such file"):
        charter.read(tmp_path / "charter.toml")
    broken = tmp_path / "broken.toml"
    broken.write_bytes(b"[identity]\nref = \"\xff\"\n")
    with pytest.raises(charter.CharterFaults, match="broken.toml:2: the file is not UTF-8"):
        charter.read(broken)
