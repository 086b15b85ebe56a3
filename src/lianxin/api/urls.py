"""The API door: every address under /api/ answers with JSON, refusals as problem documents."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, re_path

from lianxin.api import docs
from lianxin.api.main import api
from lianxin.api.problems import in_problems, not_here


def _operations() -> list[URLPattern]:
    """Return the operations' addresses, each wrapped once."""
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for pattern in found:
        pattern.callback = _wrapped(pattern.callback)
    return found


def _wrapped(view: Any) -> Any:
    wrapped = in_problems(view)
    wrapped.operations = getattr(view, "__self__", None)  # type: ignore[attr-defined] # read by the permission test
    return wrapped


urlpatterns = [
    path("v1/openapi.json", in_problems(docs.openapi), name="api_openapi"),
    path("v1/docs", in_problems(docs.page), name="api_docs"),
    path("v1/", (_operations(), "ninja", "api-v1")),
    re_path(r"^(?P<rest>.*)$", in_problems(not_here), name="api_nothing"),
]
