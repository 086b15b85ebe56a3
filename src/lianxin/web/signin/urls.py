"""Sign-in."""

from django.urls import path

from lianxin.web.signin import views

urlpatterns = [
    path("login", views.sign_in, name="login"),
    path("logout", views.sign_out, name="logout"),
    path("password", views.password, name="password"),
]
