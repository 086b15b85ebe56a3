"""Addresses of signing in."""

from django.urls import path

from lianxin.web.gatherings import views

urlpatterns = [
    path("gatherings/<uuid:pk>", views.screen, name="gathering"),
    path("gatherings/<uuid:pk>/code", views.code, name="gathering_code"),
    path("gatherings/<uuid:pk>/tick", views.tick, name="gathering_tick"),
    path("sign-in/<uuid:pk>", views.sign_in, name="sign_in_here"),
    path("sign-in/<uuid:pk>/out", views.sign_out, name="sign_out_here"),
]
