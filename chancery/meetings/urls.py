"""Addresses of the area."""

from django.urls import path

from . import views

urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings.ics", views.meetings_calendar, name="meetings-calendar"),
    path("meetings/<str:ref>/", views.meeting, name="meeting"),
    path("meetings/<str:ref>.ics", views.meeting_calendar, name="meeting-calendar"),
    # the Secretariat's
    path("secretariat/meetings/", views.convening, name="meeting-convening"),
    path("secretariat/meetings/<str:ref>/amendment/", views.amendment, name="meeting-amendment"),
    path("secretariat/meetings/<str:ref>/calling-off/", views.calling_off, name="meeting-calling-off"),
    path("secretariat/meetings/<str:ref>/outcome/", views.outcome, name="meeting-outcome"),
    path("secretariat/meetings/<str:ref>/attachment/", views.attachment, name="meeting-attachment"),
]
