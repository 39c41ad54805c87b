"""Addresses. The language is the first segment; what has no language (feeds for machines, files) stands beside."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from chancery.core import problems
from chancery.portal import views as portal

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler429 = problems.too_many  # the rate limits of signing in ask for it by this name
handler500 = problems.failed

urlpatterns = [
    path("", portal.front_door, name="front-door"),
    path("", include("chancery.journal.addresses")),
    path("", include("chancery.notices.addresses")),
    path("", include("chancery.newsroom.addresses")),
    path("", include("chancery.exchange.addresses")),
    path("", include("chancery.portal.addresses")),
    *i18n_patterns(
        path("", include("chancery.people.urls")),
        path("", include("chancery.journal.urls")),
        path("", include("chancery.notices.urls")),
        path("", include("chancery.parties.urls")),
        path("", include("chancery.bodies.urls")),
        path("", include("chancery.catalogue.urls")),
        path("", include("chancery.meetings.urls")),
        path("", include("chancery.documents.urls")),
        path("", include("chancery.decisions.urls")),
        path("", include("chancery.newsroom.urls")),
        path("", include("chancery.exchange.urls")),
        path("", include("chancery.portal.urls")),
    ),
]
