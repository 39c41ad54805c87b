"""Formal copies of a version: the signed PDF of an adopted text, and Akoma Ntoso."""

from django.http import Http404, HttpRequest, HttpResponse

from chancery.core.signing import identity

from .. import printing
from ..formal import akoma, expression, signed
from ..queries import copies
from . import prints


def akoma_ntoso(request: HttpRequest, ref: str, position: int, language: str) -> HttpResponse:
    """A version in a language as Akoma Ntoso."""
    version = prints.readable(request, ref, position)
    found = expression.of(version, prints.asked(language)[0]) if "-" not in language else None
    if found is None:
        raise Http404
    answer = HttpResponse(akoma.serialize(found), content_type="application/akn+xml")
    answer["Content-Disposition"] = f'attachment; filename="{ref}.{position}-{language}.xml"'
    return answer


def signed_pdf(request: HttpRequest, ref: str, position: int, language: str) -> HttpResponse:
    """An adopted text as signed PDF, made at the first demand. Raises a `CannotSign` while the key cannot be used."""
    version = prints.readable(request, ref, position)
    plan = printing.plan(version, [language]) if language in copies.signed_in(version, request.user) else None
    if plan is None:
        raise Http404
    by = identity.current()
    made, printed = signed.copy(plan, by), prints.made(plan)
    if printed.size and made.is_due:
        made.make(lambda: signed.signed(plan, by))
    if not made.size:
        return prints.waiting(request, made if printed.size else printed)
    return prints.sent(made, f"{ref}.{position}-{language}.signed.pdf", public=version.document.is_public)
