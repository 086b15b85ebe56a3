"""All doors."""

from django.urls import include, path

urlpatterns = [
    path("", include("lianxin.web.urls")),
]
