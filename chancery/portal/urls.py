"""Addresses of the area."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("sources/", views.sources, name="sources"),
]
