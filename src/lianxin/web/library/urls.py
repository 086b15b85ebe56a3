"""Addresses of the library."""

from django.urls import path

from lianxin.web.library import views

urlpatterns = [
    path("", views.institutions, name="institutions"),
    path("/<slug:slug>", views.institution, name="institution"),
]
