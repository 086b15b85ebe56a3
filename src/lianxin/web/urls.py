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
    path("ballots", include("lianxin.web.ballots.urls")),
    path("evote/", include("lianxin.web.evote.urls")),
    path("projects", include("lianxin.web.projects.urls")),
    path("forums", include("lianxin.web.forums.urls")),
    path("charters", include("lianxin.web.charters.urls")),
    path("elections", include("lianxin.web.elections.urls")),
    path("campaigns", include("lianxin.web.campaigns.urls")),
    path("leaving", include("lianxin.web.leaving.urls")),
    path("plans", include("lianxin.web.plans.urls")),
    path("archive", include("lianxin.web.archive.urls")),
    path("enrolment", include("lianxin.web.enrolment.urls")),
    path("sessions", include("lianxin.web.congress.urls")),
    path("screen", include("lianxin.web.screen.urls")),
    path("papers/", include("lianxin.web.papers.urls")),
    path("", include("lianxin.web.gatherings.urls")),
    path("", include("lianxin.web.resident.urls")),
]
