"""Addresses of /screen."""

from django.urls import path

from lianxin.web.screen import views

urlpatterns = [
    path("", views.address, name="screen_address"),
    path("/<str:key>/<int:number>", views.scene, name="screen"),
]
