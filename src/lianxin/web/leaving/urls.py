"""Addresses of /leaving."""

from django.urls import path

from lianxin.web.leaving import desk, mine

urlpatterns = [
    path("", desk.leaving_list, name="leavings"),
    path("/new", desk.new, name="leaving_new"),
    path("/mine", mine.mine, name="leaving_mine"),
    path("/<uuid:pk>", desk.leaving, name="leaving"),
    path("/<uuid:pk>/receiver", desk.receiver, name="leaving_receiver"),
    path("/<uuid:pk>/acts/<slug:act>", desk.act, name="leaving_act"),
    path("/<uuid:pk>/answer", mine.answer, name="leaving_answer"),
    path("/items/<uuid:pk>/<slug:act>", desk.item_act, name="leaving_item_act"),
]
