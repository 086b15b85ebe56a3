"""Residents' addresses; a query code never stands in one."""

from django.urls import path

from lianxin.web.resident import qr, views

urlpatterns = [
    path("", views.home, name="home"),
    path("look", views.look, name="look"),
    path("said", views.said, name="said"),
    path("said/code.svg", qr.own_code, name="own_code"),
    path("progress", views.progress, name="progress"),
    path("matter", views.matter, name="matter"),
    path("matter/<slug:act>", views.matter_act, name="matter_act"),
    path("stations", views.station_list, name="stations"),
    path("results", views.results, name="results"),
    path("about", views.text_page, {"name": "about"}, name="about"),
    path("privacy", views.text_page, {"name": "privacy"}, name="privacy"),
    path("components", views.text_page, {"name": "components"}, name="components"),
    path("<slug:code>/t", views.say, name="say"),
    path("<slug:code>/", views.station_page, name="station"),
]
