"""Addresses without a language, for machines."""

urlpatterns: list = []
