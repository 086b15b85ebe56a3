"""附件 of one's draft: enclose a photo or a PDF, take it out again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common.actor import Role
from lianxin.common.errors import Denied, Invalid
from lianxin.rulebook.services import value
from lianxin.suggestions import selectors, services
from lianxin.suggestions.attachments import attachment_for, attachments
from lianxin.suggestions.models import Suggestion
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is enclosed; enclose one more, or take out the one whose button was pressed."""
    actor, problem = actor_of(request), None
    row = selectors.suggestion_for(actor, pk)
    if row.lead.account_id != actor.id:
        raise Denied("只有领衔代表可以修改附件。")
    if request.method == "POST":
        try:
            messages.success(request, _act(request, row))
            return redirect("suggestion_files", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
            row = selectors.suggestion_for(actor, pk)
    page = {
        "row": row,
        "files": attachments(row.pk),
        "most": value("suggestion.files_most", home6=row.home6),
        "signed": row.cosignatures.filter(state="confirmed").count(),
        "tab": "suggestions",
    }
    return shown(request, "web/deputy/attachments.html", page, problem)


def _act(request: HttpRequest, row: Suggestion) -> str:
    actor, key = actor_of(request), request.POST.get("request_id")
    if out := request.POST.get("out"):
        file = attachment_for(actor, row.pk, _uuid(out))
        services.file_detach(actor=actor, suggestion=row, file=file, request_id=key)
        return _("已经去掉。")
    sent = request.FILES.get("scan")
    if sent is None:
        words = _("请先选一张照片或一份 PDF。")
        raise Invalid(words, fields={"scan": words})
    services.file_attach(actor=actor, suggestion=row, data=sent.read(), request_id=key)
    return _("附件带上了。")


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Invalid(_("没有找到这份附件。")) from None
