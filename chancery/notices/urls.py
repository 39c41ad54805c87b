"""Addresses of the area."""

from django.urls import path

from .views import notices

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/sight/", notices.sight, name="notice-sight"),
    path("notices/settings/", notices.settings, name="notice-settings"),
    path("notices/feeds/", notices.opening, name="feed-opening"),
    path("notices/feeds/<slug:ref>/closing/", notices.closing, name="feed-closing"),
]
