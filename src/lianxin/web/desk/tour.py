"""演示导览: J1 to J7 in order, each step with the account that takes it. Only in demo mode."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.people.models import Account
from lianxin.web.door import public


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who takes it, where it opens, one sentence."""

    title: str | Promise
    who: str | Promise
    account: str
    link: str
    text: str | Promise


STEPS = (
    Step(_("说件事"), _("群众，不用登录"), "", "/113/t", _("扫站点的码，一分钟说完，拿到查询码。")),
    Step(
        _("受理和整理"),
        _("联络员"),
        "keeper",
        "/station/opinions",
        _("三天内受理，隐去个人信息，再分到该办的地方。"),
    ),
    Step(
        _("合并研判"),
        _("市人大代表"),
        "deputy_city",
        "/deputy/opinions",
        _("把几件相似的放在一起，起草成一件建议。"),
    ),
    Step(
        _("联名和提交"),
        _("市人大代表"),
        "deputy_city",
        "/deputy/suggestions",
        _("邀请同级代表联名，核对清单，输密码提交。"),
    ),
    Step(
        _("建议审核"),
        _("代工委"),
        "office",
        "/office/suggestions?tab=review",
        _("看文字、查相似，通过并编号。"),
    ),
    Step(
        _("交办"),
        _("代工委"),
        "office",
        "/office/suggestions?tab=assign",
        _("选主办和协办，期限当场算给您看，再生成交办函。"),
    ),
    Step(
        _("签收、沟通、起草答复"),
        _("承办单位经办人"),
        "clerk",
        "/unit/matters",
        _("逐条答复，先做体检，再交负责人。"),
    ),
    Step(
        _("签发"), _("承办单位负责人"), "head", "/unit/matters?tab=to_sign", _("看答复函的样子，输密码签发。")
    ),
    Step(
        _("催办和红黄绿"),
        _("政府督查室"),
        "oversight",
        "/unit/board",
        _("哪个单位晚了一看就知道，催办单留在记录里。"),
    ),
    Step(_("答复评价"), _("市人大代表"), "deputy_city", "/deputy", _("态度和结果分开评，不满意就重新办理。")),
    Step(
        _("查进度和评价"), _("群众，不用登录"), "", "/progress", _("凭查询码看自己的话去了哪里，再评一评。")
    ),
)


@public
@never_cache
@require_GET
def tour(request: HttpRequest) -> HttpResponse:
    """Show the steps of the tour."""
    _only_demo()
    return render(request, "web/desk/tour.html", {"tour": STEPS, "at": "/tour"})


@public
@require_POST
def tour_go(request: HttpRequest, number: int) -> HttpResponse:
    """Become the demo account of a step and go to its screen."""
    _only_demo()
    if not 1 <= number <= len(STEPS):
        raise Http404
    step = STEPS[number - 1]
    if not step.account:
        logout(request)
        return redirect(step.link)
    account = Account.objects.filter(username=step.account, is_demo=True, is_active=True).first()
    if account is None:
        raise Http404
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(step.link)


def _only_demo() -> None:
    if not settings.LIANXIN_DEMO:
        raise Http404
