"""Addresses of printed papers; a query code never stands in one."""

from django.urls import path

from lianxin.web.papers import (
    cards,
    views,
)

urlpatterns = [
    path("letters/<uuid:pk>.pdf", views.letter_pdf, name="letter_pdf"),
    path("letters/<uuid:pk>.docx", views.letter_docx, name="letter_docx"),
    path("letters/<uuid:pk>/feedback.pdf", views.feedback, name="feedback_pdf"),
    path("stations/<slug:code>/poster.pdf", views.poster, name="poster_pdf"),
    path("stations/<slug:code>/forms.pdf", views.forms, name="forms_pdf"),
    path("suggestions/<uuid:pk>/<uuid:file>", views.attachment, name="suggestion_attachment"),
    path("receipt.pdf", views.receipt, name="receipt_pdf"),
    path("draft", views.draft, name="higher_draft"),
    path("pairing/cards.pdf", cards.cards, name="pairing_cards"),
    path("pairing/slips.pdf", cards.slips, name="pairing_slips"),
]
