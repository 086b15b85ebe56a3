"""First pages."""

from django.urls import path

from lianxin.web.desk import tour, views

urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("search", views.search, name="search"),
    path("open/<slug:kind>/<uuid:pk>", views.open_hit, name="open_hit"),
    path("notices", views.notices, name="notices"),
    path("notices/<uuid:pk>", views.notice_open, name="notice_open"),
    path("desk/places/<slug:code>", views.place, name="place"),
    path("tour", tour.tour, name="tour"),
    path("tour/<int:number>", tour.tour_go, name="tour_go"),
    path("menu", views.menu, name="menu"),
    path("healthz", views.healthz, name="healthz"),
]
