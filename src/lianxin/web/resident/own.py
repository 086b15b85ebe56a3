"""The matter whose query code this browser has entered: in its session, never in an address."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lianxin.common.errors import Invalid
from lianxin.opinions import selectors
from lianxin.opinions.models import Opinion
from lianxin.web.door import with_token

SAID = "said_code"


def own_matter(request: HttpRequest) -> Opinion:
    """Return the matter of the session's code."""
    code = request.session.get(SAID)
    if not code:
        raise Invalid(_("请先输入查询码。"))
    return selectors.opinion_by_code(code, browser_token=with_token(request))
