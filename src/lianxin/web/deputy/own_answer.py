"""A deputy says himself whether he keeps contact with households: 同意, 希望更换, 不参加."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianxin.common.errors import Invalid, NotFound, Refused
from lianxin.contacts import services
from lianxin.contacts.models import ConsentWay
from lianxin.contacts.permissions import CONTACT_PERSONS, own_deputies
from lianxin.web.door import actor_of, for_roles


@for_roles(*CONTACT_PERSONS)
@never_cache
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Enter one's own answer; it takes effect in the same moment."""
    actor, typed = actor_of(request), request.POST
    mine = {str(one.pk): one for one in own_deputies(actor)}
    asked = typed.get("deputy") or next(iter(mine), "")
    deputy = mine.get(asked)
    if deputy is None:
        raise NotFound(_("只能答复自己的，请刷新页面。"))
    try:
        services.consent_record(
            actor=actor,
            deputy=deputy,
            answer=typed.get("answer", ""),
            way=ConsentWay.PERSON,
            request_id=typed.get("request_id"),
        )
        messages.success(request, _("记下了，镇里看得到您的答复。"))
    except (Invalid, Refused) as refusal:
        messages.warning(request, refusal.message)
    return redirect("deputy_households")
