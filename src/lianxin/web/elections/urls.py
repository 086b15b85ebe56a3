"""Addresses of /elections."""

from django.urls import path

from lianxin.web.elections import public, supervision, template, watching, wizard

urlpatterns = [
    path("", wizard.election_list, name="elections"),
    path("/new", wizard.new, name="election_new"),
    path("/template", template.template, name="election_template"),
    path("/of/<slug:code>", public.village, name="village_elections"),
    path("/supervision", supervision.body, name="election_supervision"),
    path("/supervision/add", supervision.add, name="election_supervisor_add"),
    path("/supervision/<uuid:pk>/end", supervision.end, name="election_supervisor_end"),
    path("/office/<uuid:pk>/end", supervision.office_end, name="election_office_end"),
    path("/reviews", watching.reviews, name="election_reviews"),
    path("/appraisals", watching.appraisals, name="election_appraisals"),
    path("/recalls/new", supervision.recall_new, name="election_recall_new"),
    path("/recalls/<uuid:pk>", supervision.recall, name="election_recall"),
    path("/recalls/<uuid:pk>/vote", supervision.recall_vote, name="election_recall_vote"),
    path("/<uuid:pk>", wizard.election, name="election"),
    path("/<uuid:pk>/acts/<slug:act>", wizard.act, name="election_act"),
]
