"""The office's addresses."""

from django.urls import path

from lianxin.web.office import assigning, views

urlpatterns = [
    path("suggestions", views.suggestion_list, name="suggestions"),
    path("suggestions/<uuid:pk>", views.suggestion, name="suggestion"),
    path("suggestions/<uuid:pk>/acts/<slug:act>", views.suggestion_act, name="suggestion_act"),
    path("suggestions/<uuid:pk>/assign", assigning.assign, name="assign"),
    path("promises", views.promises, name="promises"),
    path("topics", views.topic_list, name="topics"),
]
