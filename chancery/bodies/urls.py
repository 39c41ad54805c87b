"""Addresses of the area."""

from django.urls import path

from . import views

urlpatterns = [
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<str:ref>/", views.body, name="body"),
    path("chair/", views.chair, name="chair"),
    # the Secretariat's
    path("secretariat/bodies/", views.establishment, name="body-establishment"),
    path("secretariat/bodies/<str:ref>/place/", views.placement, name="body-placement"),
    path("secretariat/bodies/<str:ref>/dissolution/", views.dissolution, name="body-dissolution"),
    path("secretariat/chair/term/", views.first_term, name="chair-term"),
    path("secretariat/chair/hand-over/", views.hand_over, name="chair-hand-over"),
    path("secretariat/chair/<str:ref>/programme/", views.programme, name="chair-programme"),
]
