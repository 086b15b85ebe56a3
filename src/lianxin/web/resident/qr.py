"""QR codes as SVG: of one's own query code, and of stations."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common.errors import NotFound
from lianxin.web.door import public


@public
@never_cache
@require_GET
def own_code(request: HttpRequest) -> HttpResponse:
    """Return the QR of the query code that this browser was just given."""
    code = request.session.get("said_code")
    if not code:
        raise NotFound("请先输入查询码。")
    picture = io.BytesIO()
    segno.make(code, error="m").save(picture, kind="svg", scale=4, border=2, xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
