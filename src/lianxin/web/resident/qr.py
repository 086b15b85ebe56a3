"""The QR of one's own query code, as SVG; the code stands behind a #, which browsers never send."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common.errors import NotFound
from lianxin.web.door import public
from lianxin.web.resident.own import code_held


def progress_link(code: str) -> str:
    """Return the address that fills in a query code without sending it in the address."""
    return f"{settings.LIANXIN_SITE_URL}/progress#{code}"


@public
@never_cache
@require_GET
def own_code(request: HttpRequest) -> HttpResponse:
    """Return the QR of the query code that this browser was just given."""
    code = code_held(request)
    if not code:
        raise NotFound("请先输入查询码。")
    picture = io.BytesIO()
    segno.make(progress_link(code), error="m").save(picture, kind="svg", scale=4, border=2, xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
