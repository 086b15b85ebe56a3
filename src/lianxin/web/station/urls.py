"""The keeper's addresses."""

from django.urls import path

from lianxin.web.station import calls, entry, files, grid, identity, views

urlpatterns = [
    path("opinions", views.opinion_list, name="opinions"),
    path("opinions/<uuid:pk>", views.opinion, name="opinion"),
    path("opinions/<uuid:pk>/acts/<slug:act>", views.opinion_act, name="opinion_act"),
    path("opinions/<uuid:pk>/contact", identity.contact, name="contact"),
    path("opinions/<uuid:pk>/unseal", identity.unseal, name="unseal"),
    path("opinions/<uuid:pk>/ask", identity.ask, name="contact_ask"),
    path("opinions/<uuid:pk>/asks/<uuid:access>", identity.decide, name="contact_decide"),
    path("opinions/<uuid:pk>/photos/<uuid:file>", files.photo, name="opinion_photo"),
    path("opinions/<uuid:pk>/voice", files.voice, name="opinion_voice"),
    path("topics", views.topics, name="station_topics"),
    path("new", entry.new, name="new_opinion"),
    path("batch", entry.batch, name="batch"),
    path("grid", grid.grid, name="grid"),
    path("calls", calls.calls, name="calls"),
    path("prints", calls.prints, name="prints"),
]
