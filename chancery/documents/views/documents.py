"""Pages of documents: the list, one document, its versions, comparisons and enclosures."""

from django.http import HttpRequest, HttpResponse


def documents(request: HttpRequest, **asked: object) -> HttpResponse:
    return HttpResponse()


document = version = comparison = enclosure = documents
