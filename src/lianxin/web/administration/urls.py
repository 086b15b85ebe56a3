"""Administrators' addresses."""

from django.urls import path

from lianxin.web.administration import views

urlpatterns = [
    path("", views.overview, name="administration"),
    path("/parameters", views.parameters, name="parameters"),
    path("/audit", views.audit, name="audit"),
]
