"""会前资料 as files, and who takes an absent deputy's place on the day."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.errors import LianxinError
from lianxin.documents.services import PDF, file_read
from lianxin.meetings import selectors, services
from lianxin.meetings.models import Forum
from lianxin.meetings.services import PackFile
from lianxin.meetings.workflow import HOSTS
from lianxin.web.answering import REFUSALS
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import READERS, shown, uuid_of
from lianxin.web.forums.planning import _hosted, _page


@for_roles(*HOSTS)
@require_POST
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a paper into the pack: words, a file, or both."""
    row, typed, sent = _hosted(request, pk), request.POST, request.FILES.get("paper_file")
    try:
        services.paper_add(
            actor=actor_of(request),
            forum=row,
            title=typed.get("paper_title", ""),
            text=typed.get("paper_text", ""),
            file=PackFile(sent.name or "", sent.read()) if sent else None,
            request_id=typed.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, row, "paper", refusal)
    messages.success(request, _("资料放好了，代表和部门要重新签收。"))
    return redirect("forum", pk=pk)


@for_roles(*READERS)
@never_cache
@require_GET
def paper_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out a file of the pack to whoever may see its forum."""
    row, file = selectors.paper_file_for(actor_of(request), pk)
    answer = HttpResponse(file_read(file), content_type=file.mime)
    place = "inline" if file.mime == PDF else "attachment"
    answer["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(row.file_name)}"
    return answer


@for_roles(*HOSTS)
@never_cache
@require_http_methods(["GET", "POST"])
def stand_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a deputy take the place of one who cannot come."""
    row, typed = _hosted(request, pk), request.POST
    if request.method == "GET":
        return _stand_in_page(request, row)
    try:
        services.deputy_stand_in(
            actor=actor_of(request),
            forum=row,
            absent=uuid_of(typed["absent"]) if typed.get("absent") else None,
            deputy=uuid_of(typed["deputy"]) if typed.get("deputy") else None,
            reason=typed.get("reason", ""),
            request_id=typed.get("request_id"),
        )
    except REFUSALS as refusal:
        return _stand_in_page(request, row, refusal)
    messages.success(request, _("换好了，替的人可以签到了。"))
    return redirect("forum", pk=pk)


def _stand_in_page(request: HttpRequest, row: Forum, refusal: LianxinError | None = None) -> HttpResponse:
    page: dict[str, Any] = {"forum": row, **selectors.stand_in_choices(row)}
    return shown(request, "web/forums/stand_in.html", page, refusal)
