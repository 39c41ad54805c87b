"""Addresses of the area."""

urlpatterns: list = []
