"""Addresses of the area."""

from django.urls import path

from . import views

urlpatterns = [
    path("programme/", views.programme, name="programme"),
    path("programme/<str:ref>/", views.area, name="area"),
    # the Secretariat's
    path("secretariat/catalogue/edition/", views.edition, name="catalogue-edition"),
    path("secretariat/catalogue/area/", views.area_definition, name="area-definition"),
    path("secretariat/areas/<str:ref>/coordinator/", views.coordinator, name="area-coordinator"),
    path("secretariat/coordinations/<str:ref>/end/", views.coordination_end, name="coordination-end"),
]
