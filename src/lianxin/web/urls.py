"""The page door; one folder per person who comes to it."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("lianxin.web.signin.urls")),
    path("", include("lianxin.web.desk.urls")),
    path("station/", include("lianxin.web.station.urls")),
    path("office/", include("lianxin.web.office.urls")),
    path("", include("lianxin.web.field.urls")),
    path("deputy", include("lianxin.web.deputy.urls")),
    path("unit/", include("lianxin.web.unit.urls")),
    path("administration", include("lianxin.web.administration.urls")),
    path("institutions", include("lianxin.web.library.urls")),
    path("village", include("lianxin.web.village.urls")),
    path("papers/", include("lianxin.web.papers.urls")),
    path("", include("lianxin.web.gatherings.urls")),
    path("", include("lianxin.web.resident.urls")),
]
