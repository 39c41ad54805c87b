"""The journal's pages, and what machines read of it.

What depends on more than the public entries (private ones, checkpoints) must not be kept with the public
pages: it is marked `live`."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from . import keys, panel, queries, words
from .leaf import leaf
from .models import Checkpoint, Entry
from .note import Checkpoint as Head

_View = Callable[..., HttpResponse]


def live(view: _View) -> _View:
    """Marks what may change without a public entry: it is asked for anew each time."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(*args, **kwargs)
        answer["Cache-Control"] = "no-cache"
        return answer

    return wrapped


def journal(request: HttpRequest) -> HttpResponse:
    before = _number(request, "before")
    lines, earlier = queries.page(before)
    return render(
        request,
        "journal/journal.html",
        {
            "lines": [(panel.shown(line.entry), line.private) for line in lines],
            "earlier": earlier,
            "later": queries.later(before) if before is not None else None,
            "first": before is None,
            "trail": _trail(),
        },
    )


@live
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    found = get_object_or_404(Entry, seq=seq)
    told = queries.disclosure(found)
    context: dict[str, Any] = {
        "entry": found,
        "told": told,
        "leaf_text": leaf(seq, found.at, bytes.fromhex(told["commitment"])).decode(),
        "trail": _trail(_("Entry %(number)d") % {"number": seq}),
        **_proof(seq),
    }
    if found.is_public:
        decided = queries.decided(found)
        facts = {f"{fact['table']}:{fact['ref']}" for fact in decided["facts"]}
        context |= {
            "act": words.act(decided),
            "by": words.capacity(decided),
            "changes": queries.changes(found),
            "said": _flat(decided.get("said", {})),
            "subjects": [subject for subject in decided["subjects"] if subject not in facts],
        }
    return render(request, "journal/entry.html", context)


@live
def checkpoint(request: HttpRequest) -> HttpResponse:
    signed = queries.checkpoint()
    head = Head.parse(signed.note.rpartition("\n\n")[0] + "\n") if signed else None
    return render(
        request,
        "journal/checkpoint.html",
        {
            "signed": signed,
            "root": head.root.hex() if head else "",
            "keys": queries.vkeys(),
            "name": keys.origin(),
            "size": queries.size(),
            "trail": _trail(_("The signed head")),
        },
    )


# ---------------------------------------------------------------- for machines
@live
def checkpoint_note(request: HttpRequest) -> HttpResponse:
    """The latest signed head; no content before the first."""
    signed = queries.checkpoint()
    return _text(signed.note) if signed else HttpResponse(status=204)


@live
def checkpoint_of(request: HttpRequest, size: int) -> HttpResponse:
    return _text(get_object_or_404(Checkpoint, size=size).note)


def entry_json(request: HttpRequest, seq: int) -> HttpResponse:
    return JsonResponse(queries.disclosure(get_object_or_404(Entry, seq=seq)))


@live
def entries_json(request: HttpRequest) -> HttpResponse:
    """The entries after a number, up to 1,000, and the size of the journal, for mirrors."""
    found = queries.after(_number(request, "after") or 0)
    told = [queries.disclosure(entry) for entry in found]
    return JsonResponse({"size": queries.size(), "entries": told})


@live
def proof_json(request: HttpRequest, seq: int) -> HttpResponse:
    """The inclusion proof of an entry, in the tree of `?size=` or else of the latest checkpoint."""
    size = _number(request, "size")
    signed = queries.checkpoint(size)
    if size is None and signed is None:
        raise Http404
    try:
        proof = queries.inclusion(seq, signed.size if size is None and signed else size or 0)
    except LookupError:
        raise Http404 from None
    return JsonResponse(
        {
            "seq": proof.seq,
            "size": proof.size,
            "leaf": proof.leaf.hex(),
            "root": proof.root.hex(),
            "path": _hex(proof.path),
            "checkpoint": signed.note if signed else None,
        }
    )


@live
def consistency_json(request: HttpRequest, old: int, new: int) -> HttpResponse:
    try:
        proof = queries.consistency(old, new)
    except LookupError:
        raise Http404 from None
    return JsonResponse(
        {
            "old": proof.old,
            "new": proof.new,
            "old_root": proof.old_root.hex(),
            "new_root": proof.new_root.hex(),
            "path": _hex(proof.path),
        }
    )


def keys_text(request: HttpRequest) -> HttpResponse:
    """The public keys, the present one last, one a line: entry, key, and whether its forerunner was lost."""
    return _text("".join(f"{key.since} {key.vkey}{' lost' if key.lost else ''}\n" for key in queries.vkeys()))


def _proof(seq: int) -> dict[str, Any]:
    """The proof of an entry in the latest signed head; nothing before it was signed."""
    signed = queries.checkpoint()
    if signed is None or seq > signed.size:
        return {}
    proof = queries.inclusion(seq, signed.size)
    return {"proof": proof, "leaf": proof.leaf.hex(), "path": _hex(proof.path), "root": proof.root.hex()}


def _trail(*below: str) -> list[tuple[str, str]]:
    return [(_("Journal"), reverse("journal")), *((label, "") for label in below)]


def _number(request: HttpRequest, name: str) -> int | None:
    """A number of the query. A 404 for anything else, as for an address that is not there."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Http404
    return int(text)


def _flat(said: dict[str, Any]) -> list[tuple[str, str]]:
    """What else was decided, as names and text; inner names after a dot."""
    rows: list[tuple[str, str]] = []
    for name, value in said.items():
        if isinstance(value, dict):
            rows += [(f"{name}.{inner}", text) for inner, text in _flat(value)]
        else:
            rows.append((name, ", ".join(map(str, value)) if isinstance(value, list) else str(value)))
    return rows


def _hex(path: Iterable[bytes]) -> list[str]:
    return [node.hex() for node in path]


def _text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
