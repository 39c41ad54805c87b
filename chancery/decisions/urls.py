"""Addresses of the area."""

from django.urls import path

from .views import register

urlpatterns = [
    path("decisions/", register.decisions, name="decisions"),
    path("decisions/<str:ref>/", register.decision, name="decision"),
    # the Secretariat's
    path("secretariat/decisions/", register.recording, name="decision-recording"),
]
