"""Addresses of the area."""

from django.urls import path

from . import views, work

urlpatterns = [
    path("", views.home, name="home"),
    path("strip.csv", views.strip_csv, name="strip-csv"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("data-protection/", views.data_protection, name="data-protection"),
    path("sources/", views.sources, name="sources"),
    # signed in
    path("desk/", work.desk, name="desk"),
    path("desk/fortnight/", work.fortnight, name="desk-fortnight"),
    path("desk/fortnight.ics", work.fortnight_calendar, name="desk-fortnight-calendar"),
    path("desk/silences/<slug:ref>/acknowledgement/", work.acknowledgement, name="desk-acknowledgement"),
    path("desk/reminders/", work.reminders, name="desk-reminders"),
]
