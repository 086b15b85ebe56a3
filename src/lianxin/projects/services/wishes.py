"""征集: wishes from the public page, from paper, from deputies; and what becomes of each one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, covers
from lianxin.common.codes import code_from
from lianxin.common.errors import Conflict, Denied, Invalid, TooMany
from lianxin.common.masking import mask
from lianxin.common.sealing import keyed_hash
from lianxin.common.writes import write
from lianxin.projects.models import Project, ProjectRound, Wish, WishChannel, WishSupport
from lianxin.projects.permissions import may_round
from lianxin.projects.services.step import NOT_YOURS, round_step, wish_step
from lianxin.projects.services.words import long_enough
from lianxin.projects.workflow import State
from lianxin.regions.models import Division
from lianxin.rulebook.selectors import value

LEAST, MOST, SHORT = 4, 500, 80


@dataclass(frozen=True, slots=True)
class Wished:
    """What somebody wants done: 想办的事, 地点, 受益人群."""

    text: str
    place: str
    who_benefits: str
    division_code: str = ""


def code_of(wish: Wish) -> str:
    """Return the query code that belongs to a wish's id; only who wished is told."""
    return code_from(bytes.fromhex(keyed_hash(str(wish.id), purpose="code-of-project-wish")))


def code_hash(code: str) -> str:
    """Return the form in which a code is looked up."""
    return keyed_hash(code, purpose="project-wish-code")


@write
def wish_add(
    *,
    actor: Actor,
    row: ProjectRound,
    wished: Wished,
    channel: str = WishChannel.ONLINE,
    browser_token: str = "",
    request_id: str | None = None,
) -> Wish:
    """Take in a wish; names and numbers in it are hidden at once, for nobody needs them."""
    if not may_round(actor, "add_wish", row):
        raise Denied(NOT_YOURS)
    text = long_enough(wished.text, LEAST, MOST, "text", "写清楚想办什么事")
    place = long_enough(wished.place, 2, SHORT, "place", "写清楚在哪里办")
    who = long_enough(wished.who_benefits, 2, SHORT, "who_benefits", "写清楚哪些人受益")
    token = _token(browser_token)
    _hold_floods(token, row.home6)
    wish = Wish(
        home6=row.home6,
        division_code=_within(row, wished.division_code),
        round=row,
        text=mask(text).text,
        place=mask(place).text,
        who_benefits=mask(who).text,
        channel=channel,
        token_hash=token,
        entered_by=actor.id if actor.kind is ActorKind.ACCOUNT else None,
    )
    wish.code_hash = code_hash(code_of(wish))
    round_step(actor=actor, row=row, act="add_wish", facts={"wish": str(wish.id), "channel": str(channel)})
    wish.save(force_insert=True)
    return wish


def _within(row: ProjectRound, code: str) -> str:
    """Return the wish's place if it lies in the round's, else the round's own."""
    inside = bool(code) and covers(row.division_code, code) and Division.objects.filter(code=code).exists()
    return code if inside else row.division_code


def _token(browser_token: str) -> str:
    return keyed_hash(browser_token, purpose="browser") if browser_token else ""


def _hold_floods(token: str, home6: str) -> None:
    recent = Wish.objects.filter(token_hash=token, created_at__gte=clock.now() - timedelta(hours=1))
    if token and recent.count() >= value("project.wishes_hour", home6=home6):
        raise TooMany("刚才写得有点多，请过一会儿再写，或到联络站当面说。", retry_after=3600)


@write
def wish_show(*, actor: Actor, wish: Wish, request_id: str | None = None) -> Wish:
    """Show a wish that somebody has read, so that others can say 「我也想办」."""
    return wish_step(actor=actor, row=wish, act="show", shown_on=clock.today())


@write
def wish_take(*, actor: Actor, wish: Wish, project: Project, request_id: str | None = None) -> Wish:
    """Put a wish into a project's card (归并)."""
    if project.round_id != wish.round_id or project.state not in {State.POOL, State.CANDIDATE}:
        raise Invalid("请选同一年度、还在筛选的项目。", fields={"project": "请从列出的项目里选一个。"})
    return wish_step(actor=actor, row=wish, act="take", project=project, note=f"#{project.number}")


@write
def wish_refuse(*, actor: Actor, wish: Wish, reason: str, request_id: str | None = None) -> Wish:
    """Leave a wish out, with the reason that the wisher reads by his code."""
    words = long_enough(reason, 6, 300, "reason", "写明为什么没有列入，说的人会看到")
    return wish_step(actor=actor, row=wish, act="refuse", reason=words)


@write
def wish_support(
    *, actor: Actor, wish: Wish, browser_token: str, request_id: str | None = None
) -> WishSupport:
    """「我也想办」: counted once for a browser."""
    if wish.shown_on is None:
        raise Conflict("这条意愿还没有公开。")
    if not browser_token:
        raise Invalid("浏览器没有给出标记，请允许本站的小甜饼后再点。")
    row, _ = WishSupport.objects.get_or_create(home6=wish.home6, wish=wish, token_hash=_token(browser_token))
    return row
