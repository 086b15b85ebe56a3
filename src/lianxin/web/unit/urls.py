"""A unit's addresses."""

from django.urls import path

from lianxin.web.office.views import promises
from lianxin.web.unit import letter, views

urlpatterns = [
    path("matters", views.matter_list, name="unit_matters"),
    path("matters/<uuid:pk>", views.matter, name="unit_matter"),
    path("matters/<uuid:pk>/reply", letter.reply, name="unit_reply"),
    path("matters/<uuid:pk>/sign", letter.sign, name="unit_sign"),
    path("matters/<uuid:pk>/acts/<slug:act>", views.matter_act, name="unit_act"),
    path("board", views.board, name="unit_board"),
    path("promises", promises, name="unit_promises"),
]
