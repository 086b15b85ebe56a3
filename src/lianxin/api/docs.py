"""The description as a document for machines and as a page for people, both from this server alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lianxin.api.main import api
from lianxin.api.problems import json_answer

PREFIX = "/api/v1/"


def document() -> dict[str, Any]:
    """Return the OpenAPI document as it is committed."""
    return dict(api.get_openapi_schema(path_prefix=PREFIX))


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """Answer with the OpenAPI document."""
    return json_answer(document())


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the operations on a page that needs no script and no foreign host."""
    operations = [
        {"method": method.upper(), "address": address, **operation}
        for address, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "api/docs.html", {"operations": operations})
