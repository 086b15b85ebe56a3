"""All doors."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("lianxin.api.urls")),
    path("", include("lianxin.web.urls")),
]
