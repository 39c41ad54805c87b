"""Pages of documents: the list, one document, its versions, comparisons and enclosures. What somebody may not read
does not exist for them."""

import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chancery.core import navigation
from chancery.core.asof import AsOf, dated
from chancery.core.charter import LANGUAGE_NAMES
from chancery.journal.panel import history
from chancery.meetings.queries import Listing, narrowest
from chancery.parties.queries import naming
from chancery.people import policy

from .. import routes, words
from ..forms.documents import ComparisonForm, DocumentFilter
from ..models import Document, Enclosure, Version
from ..queries import access, copies
from ..queries import documents as queries
from ..queries.documents import Page

_SHOWN = ("image/jpeg", "image/png", "application/pdf")  # everything else is for saving


@dated
def documents(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """What had been tabled at the end of a day and the reader may read, narrowed by a filter."""
    asked = DocumentFilter(request.GET, request.user)
    parts = queries.parts(asked.asked)
    always = queries.tabled_by(asof.day), access.readable(request.user)
    page = Listing(queries.listed(request.user, always[0], *parts.values())).get_page(request.GET.get("page"))
    context = {
        "filter": asked,
        "page": page,
        "years": queries.by_year(page.object_list),
        "narrowest": None if page.object_list else narrowest(Document, parts, *always),
    }
    return render(request, "documents/documents.html", context, status=400 if asked.errors else 200)


@dated
def document(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """A document: where it stands, its text in the languages asked for, and what belongs to it."""
    found, page = _page(request, ref, asof)
    about = [f"documents:{ref}", *(f"versions:{one.ref}" for one in page.versions)]
    names = naming(asof.day, found.sponsors.split()) if found.sponsors else None
    context = {
        **_text(request, page, page.last),
        "page": page,
        "comparable": queries.with_text(page.successors) if page.last else set(),
        "kind": words.KIND[found.kind],
        "series": words.SERIES.get(found.series, ""),
        "classification": words.CLASSIFICATION[found.classification],
        "released_as": words.CLASSIFICATION.get(found.released_as, ""),
        "sponsors": names.several(found.sponsors) if names else [],
        "steps": routes.way(found, request.user),
        "later": found.tabled > asof.day,
        "into": [(one, LANGUAGE_NAMES.get(one, one)) for one in _others(page)],
        "versions": [(one, _languages(page, one)) for one in reversed(page.versions)],
        "panels": navigation.panels("document", found, day=asof.day),
        "history": history(about) if found.is_public else None,
    }
    return render(request, "documents/document.html", context)


@dated
def version(request: HttpRequest, ref: str, position: int, *, asof: AsOf) -> HttpResponse:
    """The text of a document as one of its versions had it."""
    found, page = _page(request, ref, asof)
    asked = page.version(position)
    if asked is None:
        raise Http404
    context = {
        **_text(request, page, asked),
        "page": page,
        "kind": words.KIND[found.kind],
        "classification": words.CLASSIFICATION[found.classification],
        "before": page.version(position - 1),
        "after": page.version(position + 1),
    }
    context["trail"] = [*context["trail"][:-1], (_name(found), reverse("document", args=[ref])), (_called(asked), "")]
    return render(request, "documents/version.html", context)


@dated
def comparison(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """Two versions of a document beside each other, word by word, in a language in which both can be read; or
    (`?with=`) a version of it and one of another document, such as that which replaced it."""
    found, page = _page(request, ref, asof)
    beside = request.GET.get("with", "")
    other, later = _page(request, beside, asof) if beside else (None, page)
    languages = _common(page, later)
    if not languages:
        raise Http404
    old, new = _two(request, page, later)
    form = _comparison_form(request, (page, later), (old, new), languages)
    compared = queries.comparison(queries.full(old), queries.full(new), str(form["language"].value()))
    if compared is None:
        raise Http404
    context = {
        "document": found,
        "other": other,
        "kind": words.KIND[found.kind],
        "form": form,
        "compared": compared,
        "said": words.CHANGE,
        "trail": [*_trail(found)[:-1], (_name(found), reverse("document", args=[ref])), (_("Comparison"), "")],
    }
    return render(request, "documents/comparison.html", context)


def enclosure(request: HttpRequest, ref: str, enclosure: str) -> HttpResponse:
    """A file that belongs to a document, for whoever may read the document."""
    found = get_object_or_404(Enclosure.objects.select_related("document"), ref=enclosure, document=ref)
    _check(request, found.document)
    path = Path(settings.MEDIA_ROOT) / found.file
    if not path.is_file():
        raise Http404
    kind = mimetypes.guess_type(found.file)[0] or "application/octet-stream"
    name = f"{found.ref}{path.suffix}"
    answer = FileResponse(path.open("rb"), content_type=kind, filename=name, as_attachment=kind not in _SHOWN)
    answer["Cache-Control"] = "public, no-cache" if found.document.is_public else "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


# ---------------------------------------------------------------- what these pages have in common
def _check(request: HttpRequest, document: Document) -> access.Belonging | None:
    """Answers as if there were nothing where the reader may not read. Gives who belongs today, where it was asked."""
    audience = access.audience(document)
    if not policy.may(request.user, "documents.read", audience):
        raise Http404
    return None if document.is_public else access.Belonging(audience.members, audience.parties - audience.members)


def _page(request: HttpRequest, ref: str, asof: AsOf) -> tuple[Document, Page]:
    found = queries.find(ref)
    if found is None:
        raise Http404
    belongs = _check(request, found)
    return found, queries.page(found, request.user, asof.day, belongs)


def _text(request: HttpRequest, page: Page, version: Version | None) -> dict[str, Any]:
    """A version as the reader asked for it: in one language (`?language=ru`) or in two (`?language=en.ru`)."""
    found = {"document": page.document, "version": version, "trail": _trail(page.document)}
    if version is None:
        return found
    offered = page.languages(version)
    asked = [one for one in dict.fromkeys(request.GET.get("language", "").split(".")) if one in offered][:2]
    chosen = asked or [_preferred(version, offered)]
    whole = queries.full(version)
    readings = [one for code in chosen if (one := queries.rendered(whole, code))]
    return {
        **found,
        "readings": readings,
        "lines": queries.lines(whole, readings),
        "offers": _offers(version, offered, chosen),
        "print_as": "-".join(one.language for one in readings),
        "copies": copies.of(version, request.user, page.translations_up_to(version)),
    }


def _preferred(version: Version, offered: Sequence[str]) -> str:
    """The language of the page where the text can be read in it, else the original."""
    page = get_language() or ""
    return page if page in offered else version.language


def _offers(version: Version, offered: Sequence[str], chosen: Sequence[str]) -> list[tuple[str, str, bool]]:
    """The languages to choose from, and each translation beside the original: value, words, whether it is chosen."""
    if len(offered) < 2:
        return []
    first = version.language
    pairs = [[first, one] for one in offered if one != first]
    values = [([one], LANGUAGE_NAMES.get(one, one)) for one in offered]
    values += [(pair, " + ".join(LANGUAGE_NAMES.get(one, one) for one in pair)) for pair in pairs]
    return [(".".join(codes), label, codes == list(chosen)) for codes, label in values]


def _languages(page: Page, version: Version) -> list[str]:
    """The languages into which this very version was put, its own first."""
    into = {one.language for one in page.translations if one.version_id == version.ref}
    return [one for one in page.languages(version) if one == version.language or one in into]


def _others(page: Page) -> list[str]:
    """The languages of the charter into which the text can be put."""
    return [one for one in settings.CHARTER.languages if page.last and one != page.document.language]


def _common(page: Page, later: Page) -> list[str]:
    """The languages in which texts of both can be read: the original of the first before others."""
    if not page.last or not later.last:
        return []
    return [one for one in page.languages(page.last) if one in later.languages(later.last)]


def _two(request: HttpRequest, page: Page, later: Page) -> tuple[Version, Version]:
    """The versions asked for. As it opens, the last one and the one before it; of two documents, the last of each."""

    def asked(name: str, among: Page) -> Version | None:
        text = request.GET.get(name, "")
        return among.version(int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else None

    new = asked("to", later) or later.versions[-1]
    usual = page.before(new) or new if page is later else page.versions[-1]
    return asked("from", page) or usual, new


def _comparison_form(
    request: HttpRequest, pages: tuple[Page, Page], versions: tuple[Version, Version], common: Sequence[str]
) -> ComparisonForm:
    offered = [one for one in common if all(one in p.languages(v) for p, v in zip(pages, versions, strict=True))]
    languages = offered or [versions[0].language]
    preferred = [request.GET.get("language", ""), get_language() or ""]
    chosen = next((one for one in preferred if one in languages), languages[0])
    one_work = pages[0] is pages[1]
    froms, tos = (
        [(str(one.position), _called(one) if one_work else _in_full(one)) for one in page.versions] for page in pages
    )
    typed = {"from": str(versions[0].position), "to": str(versions[1].position), "language": chosen}
    return ComparisonForm(typed, froms, tos, [(one, LANGUAGE_NAMES.get(one, one)) for one in languages])


def _called(version: Version) -> str:
    """`Rev.1`; the first version has no such addition to its symbol."""
    return version.suffix or _("First version")


def _in_full(version: Version) -> str:
    """The same with the symbol of its document, where versions of two stand beside each other."""
    return f"{version.document.symbol} {_called(version)}".strip()


def _name(document: Document) -> Any:
    return document.symbol or document.title


def _trail(document: Document) -> list[tuple[Any, str]]:
    body = document.body.short or document.body.name
    return [
        (_("Documents"), reverse("documents")),
        (body, f"{reverse('documents')}?body={document.body_id}"),
        (_name(document), ""),
    ]
