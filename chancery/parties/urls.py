"""Addresses of the area."""

from django.urls import path

from . import views

urlpatterns = [
    # /members/
    path("members/", views.members, name="members"),
    path("members/<slug:ref>/", views.party, name="party"),
    # /posts/ and /people/
    path("posts/", views.posts, name="posts"),
    path("people/<str:ref>/", views.person, name="person"),
    # the Secretariat's
    path("secretariat/parties/", views.registration, name="party-registration"),
    path("secretariat/parties/<slug:ref>/admission/", views.admission, name="party-admission"),
    path("secretariat/parties/<slug:ref>/capacity/", views.capacity, name="party-capacity"),
    path("secretariat/parties/<slug:ref>/withdrawal/", views.withdrawal, name="party-withdrawal"),
    path("secretariat/parties/<slug:ref>/name/", views.name, name="party-name"),
    path("secretariat/parties/<slug:ref>/focal-point/", views.focal_point, name="party-focal-point"),
    path("secretariat/names/<str:ref>/confirmation/", views.name_confirmation, name="party-name-confirmation"),
    path("secretariat/posts/", views.post_establishment, name="post-establishment"),
    path("secretariat/posts/<str:ref>/appointment/", views.appointment, name="post-appointment"),
    path("secretariat/posts/<str:ref>/departure/", views.departure, name="post-departure"),
]
