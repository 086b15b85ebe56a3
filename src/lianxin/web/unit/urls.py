"""A unit's addresses."""

from django.urls import path

from lianxin.web.office.views import promises
from lianxin.web.unit import views

urlpatterns = [
    path("matters", views.matter_list, name="unit_matters"),
    path("matters/<uuid:pk>", views.matter, name="unit_matter"),
    path("matters/<uuid:pk>/reply", views.reply, name="unit_reply"),
    path("matters/<uuid:pk>/acts/<slug:act>", views.matter_act, name="unit_act"),
    path("promises", promises, name="unit_promises"),
]
