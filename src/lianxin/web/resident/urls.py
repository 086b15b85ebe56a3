"""Residents' addresses; a query code never stands in one."""

from django.urls import path

from lianxin.web.resident import mine, places, progress, qr, say, views

urlpatterns = [
    path("", views.home, name="home"),
    path("look", views.look, name="look"),
    path("said", say.said, name="said"),
    path("said/code.svg", qr.own_code, name="own_code"),
    path("progress", progress.progress, name="progress"),
    path("matter", progress.matter, name="matter"),
    path("matter/photos/<uuid:pk>", progress.photo, name="matter_photo"),
    path("matter/<slug:act>", progress.matter_act, name="matter_act"),
    path("mine", mine.mine, name="mine"),
    path("mine/copy.txt", mine.copy, name="mine_copy"),
    path("mine/<slug:what>", mine.take_back, name="mine_take_back"),
    path("stations", places.station_list, name="stations"),
    path("deputies", places.find_deputy, name="find_deputy"),
    path("results", views.results, name="results"),
    path("results/<uuid:pk>/same", views.same, name="same"),
    path("help", views.help_me, name="help"),
    path("about", views.text_page, {"name": "about"}, name="about"),
    path("privacy", views.text_page, {"name": "privacy"}, name="privacy"),
    path("components", views.text_page, {"name": "components"}, name="components"),
    path("<slug:code>/t", say.say, name="say"),
    path("<slug:code>/", places.station_page, name="station"),
]
