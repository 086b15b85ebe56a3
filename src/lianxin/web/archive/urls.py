"""Addresses of /archive."""

from django.urls import path

from lianxin.web.archive import views

urlpatterns = [
    path("", views.timeline, name="archive"),
    path("/import", views.bring, name="archive_import"),
    path("/import/empty.xlsx", views.empty_sheet, name="archive_empty"),
    path("/import/<uuid:pk>", views.batch, name="archive_batch"),
    path("/import/<uuid:pk>/faults.xlsx", views.faults, name="archive_faults"),
    path("/records/<uuid:pk>", views.one, name="archive_record"),
    path("/records/<uuid:pk>/scans/<uuid:file>", views.scan, name="archive_scan"),
]
