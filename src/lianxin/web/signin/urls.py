"""Sign-in."""

from django.urls import path

from lianxin.web.signin import second, views

urlpatterns = [
    path("login", views.sign_in, name="login"),
    path("login/second", second.second_factor, name="second_factor"),
    path("login/enrol", second.enrol, name="second_factor_enrol"),
    path("logout", views.sign_out, name="logout"),
    path("password", views.password, name="password"),
]
