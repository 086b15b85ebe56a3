"""A deputy's addresses."""

from django.urls import path

from lianxin.web.deputy import views
from lianxin.web.office.views import promises

urlpatterns = [
    path("", views.todo, name="deputy"),
    path("/opinions", views.opinion_list, name="deputy_opinions"),
    path("/opinions/<uuid:pk>", views.opinion, name="deputy_opinion"),
    path("/suggestions", views.suggestion_list, name="deputy_suggestions"),
    path("/suggestions/new", views.write, name="write_suggestion"),
    path("/suggestions/<uuid:pk>", views.suggestion, name="deputy_suggestion"),
    path("/suggestions/<uuid:pk>/edit", views.edit, name="edit_suggestion"),
    path("/suggestions/<uuid:pk>/evaluate", views.evaluate, name="evaluate"),
    path("/suggestions/<uuid:pk>/acts/<slug:act>", views.suggestion_act, name="deputy_suggestion_act"),
    path("/promises", promises, name="deputy_promises"),
    path("/more", views.more, name="deputy_more"),
]
