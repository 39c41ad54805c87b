"""Addresses of the area's pages."""

from django.urls import path

from . import views
from .addresses import Number  # noqa: F401 - registers `number`

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/checkpoint/", views.checkpoint, name="journal-checkpoint"),
    path("journal/<number:seq>/", views.entry, name="journal-entry"),
]
