"""The outbox: what could not be told, and why. Never what it says: administrators read no business text."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.notifications.models import Outbox, OutboxState
from lianxin.notifications.services import outbox_retry
from lianxin.web.administration.parts import PAGE, attempt, show
from lianxin.web.door import actor_of, for_roles

SHOWN = ("id", "channel", "recipient_kind", "about_kind", "state", "tries", "next_try_at", "error")


@for_roles(Role.SYSTEM_ADMIN)
@never_cache
@require_http_methods(["GET", "POST"])
def outbox(request: HttpRequest) -> HttpResponse:
    """List messages by state, those that need a person first; queue one again."""
    problem: LianxinError | None = None
    if request.method == "POST":
        problem = attempt(request, lambda: _retry(request), _("已放回待发。"))
    state = request.GET.get("state", OutboxState.HELD)
    state = state if state in OutboxState.values else OutboxState.HELD
    counts = dict(Outbox.objects.values_list("state").annotate(Count("id")))
    page = {
        "rows": Outbox.objects.filter(state=state).only(*SHOWN).order_by("-id")[:PAGE],
        "states": [(key, label, counts.get(key, 0)) for key, label in OutboxState.choices],
        "state": state,
        "may_retry": state in {OutboxState.HELD, OutboxState.GIVEN_UP},
    }
    return show(request, "outbox", "/administration/outbox", page, problem)


def _retry(request: HttpRequest) -> Outbox:
    try:
        row = Outbox.objects.filter(pk=UUID(request.POST.get("row", ""))).first()
    except ValueError:
        row = None
    if row is None:
        raise NotFound("没有这条消息，请刷新页面。")
    return outbox_retry(actor=actor_of(request), row=row)
