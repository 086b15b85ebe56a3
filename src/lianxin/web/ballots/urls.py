"""Addresses of /ballots."""

from django.urls import path

from lianxin.web.ballots import board, entry, my_key, new, papers, roll, trial, views

urlpatterns = [
    path("", views.ballots, name="ballots"),
    path("/new", new.new, name="ballot_new"),
    path("/<uuid:pk>", views.ballot, name="ballot"),
    path("/<uuid:pk>/acts/<slug:act>", views.act, name="ballot_act"),
    path("/<uuid:pk>/roll", roll.roll, name="ballot_roll"),
    path("/<uuid:pk>/seat", roll.seat, name="ballot_seat"),
    path("/<uuid:pk>/compare", views.compare, name="ballot_compare"),
    path("/<uuid:pk>/entry", entry.bundles, name="ballot_entry"),
    path("/<uuid:pk>/entry/<int:number>", entry.bundle, name="ballot_bundle"),
    path("/<uuid:pk>/board", board.board, name="ballot_board"),
    path("/<uuid:pk>/ballot.pdf", papers.ballot_paper, name="ballot_paper"),
    path("/<uuid:pk>/report.pdf", papers.report, name="ballot_report"),
    path("/<uuid:pk>/minutes.pdf", papers.minutes_pdf, name="ballot_minutes_pdf"),
    path("/<uuid:pk>/minutes.docx", papers.minutes_docx, name="ballot_minutes_docx"),
    path("/<uuid:pk>/announcement.pdf", papers.announcement_pdf, name="ballot_announcement_pdf"),
    path("/<uuid:pk>/announcement.docx", papers.announcement_docx, name="ballot_announcement_docx"),
    path("/<uuid:pk>/scan", papers.scan, name="ballot_scan"),
    path("/<uuid:pk>/trial", trial.trial, name="ballot_trial"),
    path("/<uuid:pk>/trial/acts/<slug:act>", trial.act, name="ballot_trial_act"),
    path("/<uuid:pk>/trial/mine", my_key.mine, name="ballot_my_key"),
    path("/<uuid:pk>/trial/mine/material.zip", my_key.material, name="ballot_my_key_material"),
]
