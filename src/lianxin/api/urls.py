"""The API door."""

from django.urls import path

from lianxin.api.main import api

urlpatterns = [path("v1/", api.urls)]
