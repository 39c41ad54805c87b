"""Addresses of the area."""

from django.urls import path

from . import views

urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<str:ref>/", views.decision, name="decision"),
    # the Secretariat's
    path("secretariat/decisions/", views.recording, name="decision-recording"),
]
