"""Addresses of the area."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("strip.csv", views.strip_csv, name="strip-csv"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("data-protection/", views.data_protection, name="data-protection"),
    path("sources/", views.sources, name="sources"),
    # signed in
    path("desk/", views.desk, name="desk"),
]
