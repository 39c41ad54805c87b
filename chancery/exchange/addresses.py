"""Addresses without a language, for machines."""

from django.urls import path

from . import views

urlpatterns = [
    path("data/datapackage.json", views.datapackage, name="datapackage"),
    path("data/record.zip", views.record_zip, name="record-zip"),
    path("data/manifests/<int:seq>", views.manifest, name="data-manifest"),
    path("data/<str:name>.csv", views.table_csv, name="data-table"),
]
