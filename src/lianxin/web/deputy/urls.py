"""A deputy's addresses."""

from django.urls import path

from lianxin.web.deputy import following, signing, views, writing

urlpatterns = [
    path("", views.todo, name="deputy"),
    path("/opinions", views.opinion_list, name="deputy_opinions"),
    path("/opinions/<uuid:pk>", views.opinion, name="deputy_opinion"),
    path("/suggestions", following.suggestion_list, name="deputy_suggestions"),
    path("/suggestions/new", writing.write, name="write_suggestion"),
    path("/suggestions/<uuid:pk>", following.suggestion, name="deputy_suggestion"),
    path("/suggestions/<uuid:pk>/edit", writing.edit, name="edit_suggestion"),
    path("/suggestions/<uuid:pk>/invite", signing.invite, name="invite"),
    path("/suggestions/<uuid:pk>/cosign", signing.cosign, name="cosign"),
    path("/suggestions/<uuid:pk>/submit", signing.submit, name="submit_suggestion"),
    path("/suggestions/<uuid:pk>/evaluate", following.evaluate, name="evaluate"),
    path("/suggestions/<uuid:pk>/acts/<slug:act>", following.suggestion_act, name="deputy_suggestion_act"),
    path("/promises", following.promises, name="deputy_promises"),
    path("/more", views.more, name="deputy_more"),
]
