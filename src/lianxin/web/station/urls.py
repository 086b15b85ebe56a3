"""The keeper's addresses."""

from django.urls import path

from lianxin.web.station import views

urlpatterns = [
    path("opinions", views.opinion_list, name="opinions"),
    path("opinions/<uuid:pk>", views.opinion, name="opinion"),
    path("opinions/<uuid:pk>/acts/<slug:act>", views.opinion_act, name="opinion_act"),
    path("opinions/<uuid:pk>/contact", views.contact, name="contact"),
    path("new", views.new, name="new_opinion"),
    path("calls", views.calls, name="calls"),
    path("prints", views.prints, name="prints"),
]
