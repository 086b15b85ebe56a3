"""Addresses of /enrolment."""

from django.urls import path

from lianxin.web.enrolment import accounts, deputies, sheets, units

urlpatterns = [
    path("", deputies.roll, name="roll"),
    path("/deputies/new", deputies.new, name="deputy_new"),
    path("/deputies/<uuid:pk>", deputies.one, name="roll_deputy"),
    path("/deputies/<uuid:pk>/acts/<slug:act>", deputies.act, name="roll_act"),
    path("/units", units.unit_list, name="units"),
    path("/units/<uuid:pk>", units.one, name="unit_page"),
    path("/staff", accounts.staff, name="staff_sheets"),
    path("/passwords", accounts.passwords, name="first_passwords"),
    path("/bring/<slug:kind>", sheets.bring, name="enrolment_bring"),
    path("/bring/<slug:kind>/empty.xlsx", sheets.empty_sheet, name="enrolment_empty"),
    path("/sheets/<uuid:pk>", sheets.sheet, name="enrolment_sheet"),
    path("/sheets/<uuid:pk>/faults.xlsx", sheets.faults, name="enrolment_faults"),
    path("/sheets/<uuid:pk>/grant", sheets.grant, name="enrolment_grant"),
]
