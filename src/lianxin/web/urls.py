"""The page door; one folder per person who comes to it."""

from django.urls import include, path

urlpatterns = [
    path("", include("lianxin.web.signin.urls")),
]
