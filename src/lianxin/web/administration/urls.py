"""Administrators' addresses."""

from django.urls import path

from lianxin.web.administration import accounts, duty_kinds, outbox, overview, rulebook, trail

urlpatterns = [
    path("", overview.overview, name="administration"),
    path("/accounts", accounts.account_list, name="accounts"),
    path("/accounts/new", accounts.account_new, name="account_new"),
    path("/accounts/<uuid:pk>", accounts.account_page, name="account"),
    path("/parameters", rulebook.parameters, name="parameters"),
    path("/calendar", rulebook.calendar, name="work_calendar"),
    path("/duties", duty_kinds.kind_list, name="duty_kinds"),
    path("/duties/new", duty_kinds.kind_new, name="duty_kind_new"),
    path("/duties/<slug:slug>", duty_kinds.kind_page, name="duty_kind"),
    path("/outbox", outbox.outbox, name="outbox"),
    path("/audit", trail.audit, name="audit"),
    path("/reads", trail.reads, name="reads"),
]
