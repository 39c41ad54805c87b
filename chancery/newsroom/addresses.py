"""Addresses without a language: the files of the record."""

from django.urls import path

from .views import files

urlpatterns = [
    path("files/<str:name>", files.file, name="file"),
    path("files/<int:width>/<str:name>", files.picture, name="picture"),
]
