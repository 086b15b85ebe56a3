"""Addresses of /sessions."""

from django.urls import path

from lianxin.web.congress import views

urlpatterns = [
    path("", views.session_list, name="congress_sessions"),
    path("/<uuid:pk>", views.one, name="congress_session"),
    path("/<uuid:pk>/attendance", views.attendance, name="session_attendance"),
]
