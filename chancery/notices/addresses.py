"""Addresses without a language, for machines that hold a secret of their owner."""

from django.urls import path

from .views import feeds

urlpatterns = [
    path("feeds/<str:token>/<slug:kind>", feeds.feed, name="personal-feed"),
]
