"""The editor's form: a field for the kind of each passage and one for its words in each language that is shown, so
that a page without scripts posts it whole, in parts of at most `PART` passages (Django takes a thousand fields).

It is written and read by hand: two hundred passages as a Django formset take a second to draw."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chancery.core.charter import LANGUAGE_NAMES, RIGHT_TO_LEFT
from chancery.core.forms import ChoiceField, NoteField, Select, SourceField, choices
from chancery.core.text import tidy

from .. import words
from ..models import Version
from ..rules.blocks import Block, BlockKind, numbers
from ..rules.drafting import Passage
from ..rules.symbols import VersionKind
from ..rules.translation import Standing

PART = 250  # passages on one page: with kind and two languages 750 fields
CHOOSABLE = 900  # paragraphs of an imported file whose kind can be corrected before it becomes the draft
LINE = 80  # characters of a line in the editor, about, to draw a field as high as its words need

_ID = re.compile(r"b\d{1,10}")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as the editor shows it."""

    code: str

    @property
    def name(self) -> str:
        return LANGUAGE_NAMES.get(self.code, self.code)

    @property
    def direction(self) -> str:
        return "rtl" if self.code in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Field:
    """What a passage says in one language."""

    name: str
    tongue: Tongue
    text: str
    label: str
    theirs: str = ""

    @property
    def rows(self) -> int:
        """How many lines it takes, about; a browser that can, fits the field to its words itself."""
        return sum(1 + len(line) // LINE for line in self.text.split("\n"))


@dataclass(frozen=True, slots=True)
class Line:
    """A passage on the page."""

    passage: Passage
    called: str
    fields: list[Field]
    kinds: SafeString
    first: bool
    last: bool
    clash: bool = False

    @property
    def id(self) -> str:
        return self.passage.id


@dataclass(slots=True)
class Sheet:
    """The part of a draft that a page shows, in the original and perhaps in another language."""

    passages: Sequence[Passage]
    language: str
    beside: str = ""
    edition: int = 0
    focus: str = ""
    number: int = 1
    theirs: Mapping[str, Passage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places = [one.id for one in self.passages]
        if self.focus in places:
            self.number = places.index(self.focus) // PART + 1
        self.number = min(max(self.number, 1), self.count)

    @property
    def count(self) -> int:
        """In how many parts the draft is shown."""
        return max(1, -(-len(self.passages) // PART))

    @property
    def parts(self) -> list[int]:
        return list(range(1, self.count + 1)) if self.count > 1 else []

    @property
    def shown(self) -> Sequence[Passage]:
        return self.passages[(self.number - 1) * PART : self.number * PART]

    @property
    def tongues(self) -> list[Tongue]:
        """The languages on the page, the original first."""
        return [Tongue(code) for code in (self.language, self.beside) if code]

    @property
    def others(self) -> list[Tongue]:
        """The languages that can stand beside the original."""
        return [Tongue(code) for code in settings.CHARTER.languages if code != self.language]

    @property
    def seen(self) -> str:
        """The marks of the passages as they are shown, against another editor."""
        codes = [tongue.code for tongue in self.tongues]
        return json.dumps({one.id: one.told_in(codes).mark for one in self.shown}, separators=(",", ":"))

    @property
    def lines(self) -> list[Line]:
        called = numbers(Block(one.id, one.kind, "") for one in self.passages)
        ends = (self.passages[0].id, self.passages[-1].id) if self.passages else ()
        kinds, tongues = _kinds(), self.tongues
        return [self._line(one, called.get(one.id, ""), kinds, tongues, ends) for one in self.shown]

    def _line(
        self, one: Passage, called: str, kinds: Select, tongues: Sequence[Tongue], ends: Sequence[str]
    ) -> Line:
        name = called or str(words.BLOCK[one.kind])
        theirs = self.theirs.get(one.id)
        label = gettext("Kind of %(paragraph)s") % {"paragraph": name}
        chosen = kinds.render(f"kind.{one.id}", one.kind.value, {"class": "field field--small", "aria-label": label})
        fields = [
            Field(
                f"{tongue.code}.{one.id}", tongue, one.texts.get(tongue.code, ""), f"{name}, {tongue.name}",
                theirs.texts.get(tongue.code, "") if theirs else "",
            )
            for tongue in tongues
        ]  # fmt: skip
        return Line(one, called, fields, chosen, one.id == ends[0], one.id == ends[-1], theirs is not None)


def _kinds() -> Select:
    """The kinds of paragraph to choose from."""
    return Select(choices=[(kind.value, str(words.BLOCK[kind])) for kind in BlockKind])


@dataclass(frozen=True, slots=True)
class Sent:
    """What the editor's form sent: the passages as they were typed, and the button pressed (`up b7`)."""

    typed: dict[str, Passage]
    seen: dict[str, str]
    edition: int
    beside: str
    part: int
    verb: str
    about: str


def sent(data: Mapping[str, Any], language: str) -> Sent:
    """Reads the form. What nobody could have typed into it counts as not sent."""
    beside = data.get("beside", "")
    beside = beside if beside in settings.CHARTER.languages and beside != language else ""
    codes = [code for code in (language, beside) if code]
    typed = {}
    for name, kind in data.items():
        prefix, _dot, block = name.partition(".")
        if prefix == "kind" and _ID.fullmatch(block) and kind in words.BLOCK:
            texts = {code: tidy(data.get(f"{code}.{block}", "")) for code in codes if f"{code}.{block}" in data}
            typed[block] = Passage(block, BlockKind(kind), texts)
    verb, _space, about = data.get("do", "").partition(" ")
    edition, part = _number(data, "edition"), _number(data, "part")
    return Sent(typed, _marks(data.get("seen", "")), edition, beside, part, verb, about)


def _marks(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # the latter: nested too deep
        return {}
    return found if isinstance(found, dict) else {}


def _number(data: Mapping[str, Any], name: str) -> int:
    """A number that the form carries; what is none is one that nothing has."""
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


# ---------------------------------------------------------------- importing
@dataclass(slots=True)
class Preview:
    """What was understood of a file: it goes with the page and is kept nowhere else. `edition` is that of the draft
    which it replaces."""

    blocks: list[Block]
    edition: int
    notes: Sequence[Any] = ()

    @classmethod
    def of(cls, reading: Any, edition: int) -> "Preview":
        return cls(list(reading.blocks), edition, reading.notes)

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> "Preview | None":
        """As the page sent it back, with the kinds that were corrected; None for what no page holds."""
        try:
            rows = [(str(block), BlockKind(kind), tidy(text)) for block, kind, text in json.loads(data["content"])]
        except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
            return None
        if not rows or not all(_ID.fullmatch(block) for block, _kind, _text in rows):
            return None
        chosen = {one: data.get(f"kind.{one}") for one, _kind, _text in rows}
        kinds = {one: BlockKind(kind) for one, kind in chosen.items() if kind in words.BLOCK}
        return cls([Block(one, kinds.get(one, kind), text) for one, kind, text in rows], _number(data, "edition"))

    @property
    def content(self) -> str:
        return json.dumps([[one.id, one.kind, one.text] for one in self.blocks], ensure_ascii=False)

    @property
    def lines(self) -> list[tuple[Block, str, Any]]:
        """Each paragraph, what it is called, and its kind to choose (of the first ones: a form has so many fields)."""
        called = numbers(self.blocks)
        kinds = _kinds()
        return [
            (one, called.get(one.id, ""), self._kind(kinds, one, place)) for place, one in enumerate(self.blocks, 1)
        ]

    def _kind(self, kinds: Select, one: Block, place: int) -> Any:
        if place > CHOOSABLE:
            return words.BLOCK[one.kind]
        label = gettext("Kind of paragraph %(place)s") % {"place": place}
        return kinds.render(f"kind.{one.id}", one.kind.value, {"class": "field field--small", "aria-label": label})


# ---------------------------------------------------------------- translating
@dataclass(slots=True)
class Carried:
    """What the translator's page carries with it and keeps nowhere else. By paragraph: the words of those that are not
    as they are known, also of the parts not shown; which of them are `read` from a file; what the file says `otherwise`
    than somebody typed. Those marked as still right (`kept`), and what of the file belongs to no paragraph (`left`)."""

    texts: dict[str, str] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    otherwise: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> "Carried":
        """As the page sent it back; nothing where it is what no page holds."""
        try:
            by_block, lists = json.loads(data["carried"])
            texts, read, otherwise = ({str(one): tidy(text) for one, text in some.items()} for some in by_block)
            kept, left = ([tidy(one) for one in some] for some in lists)
        except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
            return cls()
        return cls(texts, read, otherwise, kept, left)

    @property
    def content(self) -> str:
        return json.dumps([[self.texts, self.read, self.otherwise], [self.kept, self.left]], ensure_ascii=False)


@dataclass(slots=True)
class Working:
    """The translator's page: the paragraphs of a version in another language, and what was typed of them, or read from
    a file (`exact` says that its paragraphs are those of the original, `notes` what is remarked on it)."""

    version: Version
    original: Tongue
    tongue: Tongue
    tasks: Sequence[Any]
    differing: Callable[[str, str, str], list[Any]]
    request: HttpRequest
    carried: Carried = field(init=False)
    typed: dict[str, str] = field(init=False)
    exact: bool | None = None
    notes: Sequence[Any] = ()

    def __post_init__(self) -> None:
        """The words of each paragraph as they stand in the form, in the part that is shown and in the others."""
        data = self.request.POST
        self.carried = carried = Carried.sent(data)
        self.typed = {
            one: tidy(data.get(f"text.{one}", carried.texts.get(one, text))) for one, text in self.known.items()
        }
        marked = {one: f"keep.{one}" in data if f"text.{one}" in data else one in carried.kept for one in self.typed}
        carried.kept = [one for one, kept in marked.items() if kept]
        carried.texts = self.anew

    @property
    def known(self) -> dict[str, str]:
        return {one.block.id: one.text for one in self.tasks}

    @property
    def anew(self) -> dict[str, str]:
        """What was changed, and what was marked as still right."""
        known, kept = self.known, self.carried.kept
        return {one: text for one, text in self.typed.items() if text != known[one] or one in kept}

    @property
    def taken(self) -> int:
        """How many paragraphs stand in the form as a file says them."""
        return sum(self.typed.get(one) == text for one, text in self.carried.read.items())

    def take(self, found: Any, notes: Sequence[Any]) -> None:
        """Puts a file that was read into the form. Where something else was typed, that stays, and what the file says
        is shown beside it."""
        given = {one: tidy(text) for one, text in found.texts.items()}
        typed = {one for one, text in self.anew.items() if text != self.carried.read.get(one)}
        self.carried.otherwise = {one: given[one] for one in typed & given.keys() if given[one] != self.typed[one]}
        self.carried.read = {one: text for one, text in given.items() if one not in self.carried.otherwise}
        self.typed |= self.carried.read
        self.carried.texts, self.carried.left = self.anew, found.left
        self.exact, self.notes = found.exact, notes

    @property
    def moved(self) -> bool:
        """Whether another version was circulated while this one was being translated."""
        return self.request.POST.get("version") != self.version.ref

    @property
    def number(self) -> int:
        verb, _space, asked = self.request.POST.get("do", "").partition(" ")
        asked = asked if verb == "part" else self.request.GET.get("part", "")
        return min(max(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1, 1), self.count)

    @property
    def count(self) -> int:
        return max(1, -(-len(self.tasks) // PART))

    @property
    def parts(self) -> list[int]:
        return list(range(1, self.count + 1)) if self.count > 1 else []

    @property
    def lines(self) -> list[tuple[Any, Field, list[Any]]]:
        """Each paragraph of the part that is shown, its field, and what the two languages do not say alike."""
        shown = self.tasks[(self.number - 1) * PART : self.number * PART]
        code = self.tongue.code
        return [
            (one, self._field(one), self.differing(one.block.text, self.typed[one.block.id], code)) for one in shown
        ]

    def _field(self, one: Any) -> Field:
        name, block = one.number or str(words.BLOCK[one.block.kind]), one.block.id
        label, theirs = f"{name}, {self.tongue.name}", self.carried.otherwise.get(block, "")
        return Field(f"text.{block}", self.tongue, self.typed[block], label, theirs)

    @property
    def tally(self) -> dict[str, int]:
        """How many paragraphs stand in which way."""
        return Counter(str(one.freshness) for one in self.tasks)


# ---------------------------------------------------------------- the forms around them
class EditionForm(forms.Form):
    """Which edition of a draft somebody had before him."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class CirculateForm(EditionForm):
    """What is said of a version when it is circulated. The first one has no kind to choose."""

    kind = ChoiceField(label=_("Circulate it as"))
    standing = ChoiceField(
        label=_("The translations written with it are"), choices=choices(Standing, words.STANDING),
        initial=Standing.WORKING,
    )  # fmt: skip
    note = NoteField(
        label=_("What is new"), widget=forms.Textarea({"rows": 4}),
        help_text=_("Stands with the version, and in what delegations are told."),
    )  # fmt: skip
    source = SourceField(required=False, help_text=_("Of this version; otherwise that of the document counts."))

    def __init__(self, *args: Any, suffixes: Mapping[VersionKind, str], translated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, f"{words.VERSION[kind]} ({suffix})") for kind, suffix in suffixes.items()]
        self.fields["kind"].choices = kinds
        if not kinds:
            del self.fields["kind"]
        if not translated:
            del self.fields["standing"]


class FileForm(forms.Form):
    """A file to be read."""

    file = forms.FileField(
        label=_("File"), help_text=_("Word (.docx), Markdown (.md) or plain text (.txt), at most 20 MB.")
    )


class UploadForm(EditionForm, FileForm):
    """A file to be read into the draft."""


class StandingForm(forms.Form):
    """What a translation is worth, and where it comes from."""

    standing = ChoiceField(label=_("The whole translation is"), choices=choices(Standing, words.STANDING))
    source = SourceField(required=False, help_text=_("Of this translation; otherwise that of the document counts."))
