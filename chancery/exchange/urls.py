"""Addresses of the area."""

from django.urls import path

from . import views

urlpatterns = [
    path("data/", views.data, name="data"),
    path("secretariat/erratum/<str:table>/<str:ref>/", views.erratum, name="erratum"),
    path("secretariat/erratum/<str:table>/<str:ref>/striking/", views.striking, name="erratum-striking"),
    path("secretariat/erratum/<str:table>/<str:ref>/<str:column>/", views.correction, name="erratum-correction"),
]
