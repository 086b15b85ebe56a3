"""代表名册: the list, entering one deputy, one deputy with his seats."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import LianxinError, NotFound
from lianxin.enrolment import selectors, services
from lianxin.enrolment.models import SheetKind
from lianxin.enrolment.permissions import KEEPERS
from lianxin.enrolment.rules import DEPUTY_COLUMNS, LEVELS
from lianxin.people.models import Deputy, Seat
from lianxin.people.permissions import may_seat
from lianxin.people.seats import seat_end, seat_resume, seat_suspend
from lianxin.people.terms import spans
from lianxin.regions.selectors import place_name
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles, start_of
from lianxin.web.enrolment.parts import AT, by_field, cells_of, place_of
from lianxin.web.typed import typed_day


@for_roles(*KEEPERS)
@never_cache
@require_GET
def roll(request: HttpRequest) -> HttpResponse:
    """List deputies with their seats; found by name, pinyin or number, or by congress."""
    actor, start = actor_of(request), start_of(request)
    words, body = request.GET.get("q", "").strip()[:40], request.GET.get("body", "")[:12]
    rows = list(selectors.roll(actor, words=words, body=body)[start : start + selectors.PAGE + 1])
    bodies = selectors.seats_by_body(actor)
    page = {
        "rows": [(one, _seats(one)) for one in rows[: selectors.PAGE]],
        "next": start + selectors.PAGE if len(rows) > selectors.PAGE else 0,
        "bodies": [(code, _body_name(code), count) for code, count in bodies.items()],
        "q": words,
        "body": body,
        "at": AT,
    }
    return shown(request, "web/enrolment/roll.html", page)


@for_roles(*KEEPERS)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a deputy with a seat, or a further seat of one who is on the roll."""
    actor, problem = actor_of(request), None
    place = place_of(actor, SheetKind.DEPUTIES)
    if request.method == "POST":
        try:
            services.person_enter(
                actor=actor,
                kind=SheetKind.DEPUTIES,
                place=place,
                cells=cells_of(request, DEPUTY_COLUMNS),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("登记好了。账号由系统管理员开通。"))
            return redirect("roll")
        except REFUSALS as refusal:
            problem = by_field(refusal)
    known = _known(actor, request.GET.get("of", ""))
    page = {
        "levels": list(LEVELS),
        "known": known,
        "terms": [one.name for one in spans(f"{place[:6]}000000")[-1:]],
        "at": AT,
    }
    typed = {"typed": known} if known and request.method == "GET" else {}
    return shown(request, "web/enrolment/deputy_new.html", {**page, **typed}, problem)


@for_roles(*KEEPERS)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a deputy's particulars and seats."""
    return _page(request, selectors.deputy_for(actor_of(request), pk))


@for_roles(*KEEPERS)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Correct particulars; end, suspend or take up a seat."""
    deputy = selectors.deputy_for(actor_of(request), pk)
    if act not in ACTS:
        raise NotFound(_("没有这个操作，请刷新页面。"))
    carry, said = ACTS[act]
    try:
        carry(request, actor_of(request), deputy)
    except REFUSALS as refusal:
        return _page(request, selectors.deputy_for(actor_of(request), pk), refusal, act)
    messages.success(request, str(said))
    return redirect("roll_deputy", pk=pk)


def _page(
    request: HttpRequest, deputy: Deputy, refusal: LianxinError | None = None, tried: str = ""
) -> HttpResponse:
    actor = actor_of(request)
    page = {
        "row": deputy,
        "home": place_name(deputy.division_code),
        "seats": [(one, may_seat(actor, one[0].body_code)) for one in _seats(deputy)],
        "tried": tried,
        "tried_seat": request.POST.get("seat", ""),
        "today": clock.today(),
        "at": AT,
    }
    return shown(request, "web/enrolment/deputy.html", page, refusal)


def _seats(deputy: Deputy) -> list[tuple[Seat, str, str]]:
    """Return a deputy's seats, the latest first, each with its congress and whether he acts in it."""
    seats = sorted(deputy.seats.all(), key=lambda one: one.valid_from, reverse=True)
    return [(one, _body_name(one.body_code), _standing(one)) for one in seats]


def _standing(seat: Seat) -> str:
    today = clock.today()
    if seat.valid_to is not None and seat.valid_to < today:
        return "ended"
    if any(one.ends_on is None or one.ends_on >= today for one in seat.suspensions.all()):
        return "suspended"
    return "sitting"


def _body_name(code: str) -> str:
    """Return the congress of a code as people say it; those above the county have no division here."""
    if name := place_name(code):
        return name
    return _("省级") if code.endswith("0" * 10) else _("地级市级")


def _known(actor: Actor, pk: str) -> dict[str, str]:
    """Return what is already known of somebody who gets a further seat."""
    row = next((one for one in selectors.roll(actor).filter(pk=pk)), None) if _is_uuid(pk) else None
    if row is None:
        return {}
    year = str(row.born_year or "")
    home = place_name(row.division_code)
    return {
        "name": row.name, "sex": row.sex, "born_year": year, "occupation": row.occupation, "home": home,
        "card": row.card_number,
    }  # fmt: skip


def _is_uuid(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True


def _correct(request: HttpRequest, actor: Actor, deputy: Deputy) -> None:
    sent = {name: request.POST.get(name, "") for name in ("name", "home", "occupation")}
    services.deputy_correct(actor=actor, deputy=deputy, request_id=request.POST.get("request_id"), **sent)


def _end(request: HttpRequest, actor: Actor, deputy: Deputy) -> None:
    seat, reason = selectors.seat_for(deputy, request.POST.get("seat", "")), request.POST.get("reason", "")
    key = request.POST.get("request_id")
    seat_end(actor=actor, seat=seat, on=typed_day(request, "on"), reason=reason, request_id=key)


def _suspend(request: HttpRequest, actor: Actor, deputy: Deputy) -> None:
    seat, reason = selectors.seat_for(deputy, request.POST.get("seat", "")), request.POST.get("reason", "")
    key = request.POST.get("request_id")
    seat_suspend(actor=actor, seat=seat, on=typed_day(request, "on"), reason=reason, request_id=key)


def _resume(request: HttpRequest, actor: Actor, deputy: Deputy) -> None:
    seat = selectors.seat_for(deputy, request.POST.get("seat", ""))
    seat_resume(actor=actor, seat=seat, request_id=request.POST.get("request_id"))


ENDED = gettext_lazy("已登记终止，最后一天以后他不能再以代表身份办事。手上的事请办离任移交。")
ACTS: dict[str, tuple[Callable[[HttpRequest, Actor, Deputy], None], Promise]] = {
    "correct": (_correct, gettext_lazy("改好了。")),
    "end": (_end, ENDED),
    "suspend": (_suspend, gettext_lazy("已登记暂时停止执行代表职务。")),
    "resume": (_resume, gettext_lazy("已恢复执行代表职务。")),
}
