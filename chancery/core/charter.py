"""The charter: what differs from one organisation to the next, as data.

One TOML file; `read` checks it whole and names every fault with its line. Areas use the typed object.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .text import LocalizedText

LANGUAGE_NAMES = {"en": "English", "ru": "Русский", "ar": "العربية", "kk": "Қазақша", "zh": "中文", "fr": "Français"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
TILES = ("mp", "nc", "ec", "en", "hu")
RETENTION = {"sessions": 14, "invitations": 30, "outbox": 365, "notices": 365}
"""How many days what is no record is kept where a charter does not say (product defaults)."""
AUDIENCES = ("public", "parties", "members", "body", "chair", "secretariat")
DOCUMENT_SYMBOL = "{organisation}/{body}/{session}/{series}.{number}"
DECISION_SYMBOL = "{organisation}/{body}/{session}/DEC.{number}"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A field of cooperation; its code owns a tile and a colour."""

    code: str
    name: LocalizedText
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of decision or quorum, with the source it is taken from.

    `fraction` of the members that a quorum needs, for rules of that kind."""

    key: str
    kind: str
    text: LocalizedText
    source: str
    fraction: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """The bodies that a kind of document climbs, lowest first."""

    key: str
    name: LocalizedText
    bodies: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Charter:
    """The validated charter. `digest` identifies its exact text. `retention` is in days, by what is kept;
    `retention_defaults` are those that the organisation did not set: product defaults."""

    ref: str
    symbol: str
    name: LocalizedText
    short: LocalizedText
    tagline: LocalizedText
    lede: LocalizedText
    address: LocalizedText
    email: str
    telephone: str
    website: str
    issued_by_organisation: bool
    kept_to: dt.date | None
    zone: ZoneInfo
    seat_party: str
    seat_place: LocalizedText
    languages: tuple[str, ...]
    interface: tuple[str, ...]
    working_days: frozenset[int]
    holidays: frozenset[dt.date]
    map: str
    dimensions: tuple[Dimension, ...]
    rules: Mapping[str, Rule]
    verbs: Mapping[str, tuple[str, ...]]
    routes: Mapping[str, Route]
    silence_source: str
    silence_minimum_hours: int | None
    document_symbol: str
    decision_symbol: str
    symbols_source: str
    digest_name: LocalizedText
    visibility: Mapping[str, Mapping[str, str]]
    retention: Mapping[str, int]
    retention_defaults: frozenset[str]
    digest: str = field(repr=False)

    @property
    def reference_language(self) -> str:
        return self.languages[0]

    def dimension(self, code: str) -> Dimension | None:
        return next((one for one in self.dimensions if one.code == code), None)

    def today(self, now: dt.datetime) -> dt.date:
        """The day at the seat at an instant."""
        return now.astimezone(self.zone).date()

    def default_day(self, now: dt.datetime) -> dt.date:
        """The day a page opens at: today, or the last day to which the record was kept."""
        today = self.today(now)
        return min(today, self.kept_to) if self.kept_to else today


class CharterFaults(Exception):
    """A charter that cannot be used. `faults` is a list of (line, sentence), line 0 where none can be named."""

    def __init__(self, name: str, faults: list[tuple[int, str]]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{name}:{line}: {text}" if line else f"{name}: {text}" for line, text in faults))


def read(path: Path) -> Charter:
    """The charter kept in a file. Raises `CharterFaults`, which name each line and reason."""
    try:
        return parse(path.read_text(encoding="utf-8"), name=path.name)
    except FileNotFoundError:
        raise CharterFaults(str(path), [(0, "there is no such file")]) from None
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise CharterFaults(path.name, [(line, "the file is not UTF-8 text")]) from None


def parse(text: str, *, name: str = "charter.toml") -> Charter:
    """The charter written in `text`. Raises `CharterFaults`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"line (\d+)", str(problem))
        raise CharterFaults(name, [(int(line[1]) if line else 0, f"not TOML: {problem}")]) from None
    reader = _Reader(text, data)
    charter = reader.charter()
    if reader.faults:
        raise CharterFaults(name, sorted(reader.faults))
    return charter


_LOCALIZED = object()
_SHAPE: dict[str, Any] = {
    "identity": {
        "ref": str, "symbol": str, "website": str, "email": str, "telephone": str,
        "issued_by_organisation": bool, "kept_to": dt.date,
        "name": _LOCALIZED, "short": _LOCALIZED, "tagline": _LOCALIZED, "lede": _LOCALIZED, "address": _LOCALIZED,
    },
    "seat": {"zone": str, "party": str, "place": _LOCALIZED},
    "languages": {"record": list, "interface": list},
    "calendar": {"working_days": list, "holidays": list, "source": str},
    "map": {"drawn": str},
    "dimensions": [{"code": str, "source": str, "name": _LOCALIZED}],
    "rules": {"*": {"kind": str, "fraction": str, "source": str, "text": _LOCALIZED}},
    "bodies": {"*": {"verbs": list}},
    "routes": {"*": {"bodies": list, "source": str, "name": _LOCALIZED}},
    "silence": {"source": str, "minimum_hours": int},
    "symbols": {"document": str, "decision": str, "source": str},
    "digest": {"name": _LOCALIZED, "source": str},
    "visibility": {
        "*": {
            "facts": str, "positions": str, "acknowledgements": str, "proposals": str, "soundings": str, "source": str,
        },
    },
    "retention": {**dict.fromkeys(RETENTION, int), "source": str},
}  # fmt: skip
_OPTIONAL = {
    "identity.website", "identity.email", "identity.telephone", "identity.kept_to", "identity.tagline",
    "identity.lede", "identity.address", "calendar.source", "calendar.holidays", "symbols",
    "rules.*.fraction", "silence.minimum_hours",
    "map", "retention.*", "retention.source", "visibility.*.acknowledgements", "visibility.*.proposals",
    "visibility.*.positions", "visibility.*.soundings", "identity.issued_by_organisation",
}  # fmt: skip
_KINDS = {str: "a text", bool: "true or false", int: "a whole number", list: "a list", dt.date: "a date"}


class _Reader:
    """Walks the data once against the shape, then asks what the shape cannot say."""

    def __init__(self, text: str, data: dict[str, Any]) -> None:
        self.lines = text.splitlines()
        self.data = data
        self.faults: list[tuple[int, str]] = []

    def charter(self) -> Charter | None:
        self._walk(self.data, _SHAPE, ())
        if self.faults:  # what follows needs the shape to be right
            return None
        made = self._made()
        self._meaning(made)
        return made

    # -- shape
    def _walk(self, value: Any, shape: Any, path: tuple[str, ...]) -> None:
        if shape is _LOCALIZED:
            self._localized(value, path)
        elif isinstance(shape, list):
            if not isinstance(value, list) or not value:
                return self._fault(path, f"{'.'.join(path)} must be a list with at least one entry")
            for entry in value:
                self._walk(entry, shape[0], path)
        elif isinstance(shape, dict):
            self._table(value, shape, path)
        elif not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
            self._fault(path, f"{'.'.join(path)} must be {_KINDS[shape]}")
        return None

    def _table(self, value: Any, shape: dict[str, Any], path: tuple[str, ...]) -> None:
        if not isinstance(value, dict):
            return self._fault(path, f"{'.'.join(path)} must be a table")
        for key, inner in value.items():
            if key in shape or "*" in shape:
                self._walk(inner, shape.get(key, shape.get("*")), (*path, key))
            else:
                known = ", ".join(sorted(shape))
                self._fault((*path, key), f"unknown key {'.'.join((*path, key))}; known here: {known}")
        for key in shape.keys() - value.keys() - {"*"}:
            if not self._optional((*path, key)):
                self._fault(path, f"missing: {'.'.join((*path, key))}")
        return None

    def _optional(self, path: tuple[str, ...]) -> bool:
        starred = (path[0], "*", *path[2:])
        return ".".join(path) in _OPTIONAL or ".".join(starred) in _OPTIONAL

    def _localized(self, value: Any, path: tuple[str, ...]) -> None:
        languages = self.data.get("languages", {}).get("record", [])
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            return self._fault(path, f"{'.'.join(path)} must be a table of texts by language")
        for code in value.keys() - set(languages):
            self._fault(path, f"{'.'.join(path)} has the language {code}, which languages.record does not name")
        if languages and not value.get(languages[0]):
            self._fault(path, f"{'.'.join(path)} has no text in the reference language {languages[0]}")
        return None

    # -- meaning
    def _meaning(self, charter: Charter) -> None:
        for code in charter.interface:
            if code not in LANGUAGE_NAMES:
                self._fault(("languages", "interface"), f"no catalogue of the interface exists for {code}")
        if not charter.working_days or not charter.working_days <= frozenset(range(1, 8)):
            self._fault(("calendar", "working_days"), "working_days are ISO weekdays from 1 (Monday) to 7 (Sunday)")
        codes = [one.code for one in charter.dimensions]
        for code in codes:
            if code not in TILES or codes.count(code) > 1:
                tiles = ", ".join(TILES)
                self._fault(("dimensions",), f"dimension code {code}: each of {tiles} may be used once")
        self._routes(charter)
        for body, table in charter.visibility.items():
            if body != "default" and body not in charter.verbs:
                self._fault(("visibility", body), f"visibility.{body}: there is no bodies.{body}")
            for what, audience in table.items():
                if what != "source" and audience not in AUDIENCES:
                    allowed = ", ".join(AUDIENCES)
                    self._fault(("visibility", body), f"visibility.{body}.{what} must be one of {allowed}")
        if "default" not in charter.visibility:
            self._fault(("visibility",), "missing: visibility.default")
        for key, days in charter.retention.items():
            if days < 1:
                self._fault(("retention", key), f"retention.{key} must be 1 day at least")
        if charter.silence_minimum_hours is not None and charter.silence_source == "product-default":
            self._fault(("silence",), "silence.minimum_hours needs the source of the rule it comes from")

    def _routes(self, charter: Charter) -> None:
        above: dict[str, set[str]] = {}
        for key, route in charter.routes.items():
            for body in route.bodies:
                if body not in charter.verbs:
                    self._fault(("routes", key), f"routes.{key} names the body {body}, which bodies does not have")
            if len(set(route.bodies)) < len(route.bodies):
                self._fault(("routes", key), f"routes.{key} is a cycle: it comes to one body twice")
            for lower, upper in zip(route.bodies, route.bodies[1:], strict=False):
                above.setdefault(lower, set()).add(upper)
        if cycle := _cycle(above):
            self._fault(("routes",), f"the routes form a cycle: {' → '.join(cycle)}")

    # -- the object
    def _made(self) -> Charter:
        data, identity = self.data, self.data["identity"]
        languages = tuple(data["languages"]["record"])

        def texts(value: dict[str, str] | None) -> LocalizedText:
            return LocalizedText({code: (value or {}).get(code, "") for code in languages})

        try:
            zone = ZoneInfo(data["seat"]["zone"])
        except (ZoneInfoNotFoundError, ValueError):
            self._fault(("seat", "zone"), f"seat.zone {data['seat']['zone']!r} is not a time zone")
            zone = ZoneInfo("UTC")
        return Charter(
            **{key: identity[key] for key in ("ref", "symbol")},
            **{key: identity.get(key, "") for key in ("email", "telephone", "website")},
            **{key: texts(identity.get(key)) for key in ("name", "short", "tagline", "lede", "address")},
            issued_by_organisation=identity.get("issued_by_organisation", True),
            kept_to=identity.get("kept_to"),
            zone=zone,
            seat_party=data["seat"]["party"],
            seat_place=texts(data["seat"]["place"]),
            languages=languages,
            interface=tuple(data["languages"]["interface"]),
            working_days=frozenset(data["calendar"]["working_days"]),
            holidays=self._holidays(data["calendar"].get("holidays", [])),
            map=data.get("map", {}).get("drawn", "none"),
            dimensions=tuple(Dimension(d["code"], texts(d["name"]), d["source"]) for d in data["dimensions"]),
            rules={key: self._rule(key, rule, texts) for key, rule in data["rules"].items()},
            verbs={key: tuple(body["verbs"]) for key, body in data["bodies"].items()},
            routes={
                key: Route(key, texts(route["name"]), tuple(route["bodies"]), route["source"])
                for key, route in data["routes"].items()
            },
            silence_source=data["silence"]["source"],
            silence_minimum_hours=data["silence"].get("minimum_hours"),
            document_symbol=self._pattern("document", DOCUMENT_SYMBOL),
            decision_symbol=self._pattern("decision", DECISION_SYMBOL),
            symbols_source=data.get("symbols", {}).get("source", "product-default"),
            digest_name=texts(data["digest"]["name"]),
            visibility=data["visibility"],
            retention={key: data["retention"].get(key, usual) for key, usual in RETENTION.items()},
            retention_defaults=self._retention_defaults(data["retention"]),
            digest=sha256("\n".join(self.lines).encode()).hexdigest(),
        )

    def _retention_defaults(self, table: dict[str, Any]) -> frozenset[str]:
        sourced = table.get("source", "product-default") != "product-default"
        return frozenset(key for key in RETENTION if not sourced or key not in table)

    def _holidays(self, days: list[Any]) -> frozenset[dt.date]:
        """The days, besides those of the week, on which the seat does not work."""
        if not all(isinstance(day, dt.date) and not isinstance(day, dt.datetime) for day in days):
            self._fault(("calendar", "holidays"), "calendar.holidays must be a list of dates such as 2026-12-16")
            return frozenset()
        return frozenset(days)

    def _pattern(self, kind: str, usual: str) -> str:
        """How symbols of a kind are made; what stands in braces must be known."""
        pattern = self.data.get("symbols", {}).get(kind, usual)
        known = {"organisation": "A", "body": "B", "session": "1", "series": "DOC", "number": 1}
        try:
            pattern.format(**known)
        except (KeyError, IndexError, ValueError):
            names = ", ".join(known)
            self._fault(("symbols", kind), f"symbols.{kind} may name in braces only: {names}")
        if "{number}" not in pattern:
            self._fault(("symbols", kind), f"symbols.{kind} must name {{number}}")
        return pattern

    def _rule(self, key: str, rule: dict[str, Any], texts: Any) -> Rule:
        fraction = None
        if rule["kind"] not in ("consensus", "majority", "quorum"):
            self._fault(("rules", key), f"rules.{key}.kind must be consensus, majority or quorum")
        if "fraction" in rule:
            try:
                fraction = Fraction(rule["fraction"])
            except (ValueError, ZeroDivisionError):
                fraction = Fraction(0)
            if not 0 < fraction <= 1:
                self._fault(("rules", key), f"rules.{key}.fraction must be a fraction such as 2/3")
        elif rule["kind"] == "quorum":
            self._fault(("rules", key), f"rules.{key} is a quorum and needs a fraction such as 2/3")
        return Rule(key, rule["kind"], texts(rule["text"]), rule["source"], fraction)

    def _fault(self, path: tuple[str, ...], text: str) -> None:
        self.faults.append((self._line(path), text))

    def _line(self, path: tuple[str, ...]) -> int:
        """The line where a path is written: its table's heading, or the key below it."""
        best, table = 0, ""
        for number, line in enumerate(self.lines, start=1):
            if heading := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
                table = heading[1]
            key = line.partition("=")[0].strip() if "=" in line else ""
            here = ".".join(part for part in (table, key) if part)
            if here == ".".join(path):
                return number
            if not best and here and (".".join(path) + ".").startswith(here + ".") and here.count(".") >= len(path) - 2:
                best = number
        return best


def _cycle(above: Mapping[str, set[str]]) -> list[str]:
    """A cycle of a directed graph as the list of its nodes, the first repeated at the end; empty if none."""

    def visit(node: str, trail: list[str]) -> list[str]:
        if node in trail:
            return [*trail[trail.index(node) :], node]
        for upper in sorted(above.get(node, ())):
            if found := visit(upper, [*trail, node]):
                return found
        return []

    return next((found for node in sorted(above) if (found := visit(node, []))), [])
