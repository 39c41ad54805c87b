"""The Secretariat's desk of documents, and its forms for what happens to them."""

from django.http import HttpRequest, HttpResponse

from chancery.people.doors import work_page


@work_page
def documents_desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


symbols = tabling = addendum = classification = embargo = withdrawal = relation = enclosing = enclosure_removal = (
    documents_desk
)
