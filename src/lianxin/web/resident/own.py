"""The matter whose query code this browser has entered: in its session, never in an address.

The tablet of a station and a borrowed telephone are used by many: what nobody has looked at for some
minutes is closed, and whoever has read enough closes it himself.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lianxin.common import clock
from lianxin.common.errors import Invalid
from lianxin.opinions import selectors
from lianxin.opinions.models import Opinion
from lianxin.rulebook.services import value
from lianxin.web.door import with_token

SAID, USED = "said_code", "said_used_at"


def matter_open(request: HttpRequest, code: str) -> None:
    """Keep the code of one's own matter for as long as somebody reads it."""
    request.session[SAID] = code
    request.session[USED] = clock.now().timestamp()


def matter_close(request: HttpRequest) -> None:
    """Forget whose matter this browser has looked at."""
    for name in (SAID, USED):
        request.session.pop(name, None)


def code_held(request: HttpRequest) -> str:
    """Return the code of the matter that is open here; empty where none is, or nobody was there for long."""
    code = str(request.session.get(SAID, ""))
    if not code:
        return ""
    idle = timedelta(seconds=clock.now().timestamp() - float(request.session.get(USED, 0)))
    if idle > timedelta(minutes=value("opinion.matter_idle_minutes")):
        matter_close(request)
        return ""
    matter_open(request, code)
    return code


def own_matter(request: HttpRequest) -> Opinion:
    """Return the matter of the session's code."""
    code = code_held(request)
    if not code:
        raise Invalid(_("请先输入查询码。"))
    return selectors.opinion_by_code(code, browser_token=with_token(request))
