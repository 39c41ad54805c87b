"""Addresses of the area."""

from django.urls import path

from . import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/settings/", views.settings, name="notice-settings"),
]
