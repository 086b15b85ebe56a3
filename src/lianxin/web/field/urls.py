"""Addresses of 「下乡」."""

from django.urls import path

from lianxin.web.field import devices, photos, shell, sync

urlpatterns = [
    path("deputy/field", shell.page, name="field"),
    path("deputy/field/token", shell.token, name="field_token"),
    path("deputy/field/devices", devices.prepare, name="field_devices"),
    path("deputy/field/devices/<uuid:pk>", devices.state, name="field_device"),
    path("deputy/field/devices/<uuid:pk>/wipe", devices.wipe, name="field_wipe"),
    path("deputy/field/devices/<uuid:pk>/rescue", devices.rescue, name="field_rescue"),
    path("deputy/field/devices/<uuid:pk>/forget", devices.forget, name="field_forget"),
    path("deputy/field/sync", sync.sync, name="field_sync"),
    path("deputy/field/photos", photos.take, name="field_photos"),
    path("sw.js", shell.worker, name="service_worker"),
    path("field.webmanifest", shell.manifest, name="field_manifest"),
]
