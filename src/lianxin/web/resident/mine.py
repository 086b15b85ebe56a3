"""我的信息: what is kept about one matter; a copy, and taking it back without giving reasons.

个人信息保护法第四十四至四十七条: 查阅、复制、更正、删除, by the code or at the station.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common.errors import NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.documents.models import StoredFile
from lianxin.opinions import selectors, services
from lianxin.opinions.models import Contact, Opinion
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value
from lianxin.web.door import public
from lianxin.web.resident.own import code_held, own_matter


@public
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what is kept about this matter, who looked, and what can be taken back."""
    if not code_held(request):
        return redirect("progress")
    opinion = own_matter(request)
    page = {
        "opinion": opinion,
        "kept": _kept(opinion),
        "contact": Contact.objects.filter(opinion=opinion, erased_at=None).first(),
        "looks": selectors.who_looked(opinion),
        "keep_days": value("retention.contact_days"),
        "request_id": str(uuid7()),
    }
    return render(request, "web/resident/mine.html", page)


@public
@never_cache
@require_GET
def copy(request: HttpRequest) -> HttpResponse:
    """Hand out a copy of it as plain text; name and telephone are known to their owner and stay sealed."""
    if not code_held(request):
        return redirect("progress")
    opinion = own_matter(request)
    lines = [f"{label}：{text}" for label, text in _kept(opinion)]
    lines += [f"{step.at:%Y-%m-%d %H:%M} {step.text}" for step in selectors.public_steps(opinion)]
    answer = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="lianxin-{opinion.number}.txt"'
    return answer


def _kept(opinion: Opinion) -> list[tuple[str, str]]:
    contact = Contact.objects.filter(opinion=opinion, erased_at=None).first()
    files = StoredFile.objects.filter(owner_kind="opinion", owner_id=opinion.id, erased_at=None)
    photos, voices = (files.filter(purpose=kind).count() for kind in ("photo", "voice"))
    return [
        (_("编号"), opinion.number),
        (_("您说的话"), _("密件，已加密封存") if opinion.is_sealed else opinion.text),
        (_("地点"), f"{place_name(opinion.division_code)} {opinion.spot}".strip()),
        (_("称呼和电话"), _("留了，单独加密存放") if contact else _("没有留，或已删除")),
        (_("照片"), _("%(n)s 张，已去掉拍摄地点") % {"n": photos} if photos else _("没有")),
        (_("录音"), _("%(n)s 段，听写后按期删除") % {"n": voices} if voices else _("没有")),
        (_("是否同意公开"), _("同意，隐去个人信息后") if opinion.may_publish else _("不公开")),
    ]


@public
@require_POST
def take_back(request: HttpRequest, what: str) -> HttpResponse:
    """Erase name and telephone, or take back the consent to publish: one press, no reasons asked."""
    if not code_held(request):
        return redirect("progress")
    acts = {"contact": services.opinion_contact_forget, "consent": services.opinion_consent_withdraw}
    if what not in acts:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        acts[what](opinion=own_matter(request), request_id=request.POST.get("request_id"))
    except (NotFound, Refused) as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("已按您的要求办了。"))
    return redirect("mine")
