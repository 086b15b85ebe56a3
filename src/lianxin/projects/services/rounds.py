"""A year's round: opened, collection closed, candidates fixed, heard, sent out, announced."""

from __future__ import annotations

from datetime import date

from lianxin.audit.moving import event_add
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.people.selectors import deputies_of_body
from lianxin.projects.models import Level, Preview, PreviewKind, ProjectRound
from lianxin.projects.permissions import runs
from lianxin.projects.services.step import NOT_YOURS, ROUND_TRAIL, round_step
from lianxin.projects.services.telling import tell_deputies
from lianxin.projects.services.words import long_enough
from lianxin.regions.models import Division, DivisionKind

MOST_PLACES, AHEAD = 60, 2


@write
def round_open(
    *, actor: Actor, division_code: str, year: int, places: int, request_id: str | None = None
) -> ProjectRound:
    """Begin to collect for a year; one round for a congress and a year."""
    division = Division.objects.filter(code=division_code).first()
    if division is None:
        raise Invalid("没有这个地方，请重新选。")
    level = Level.TOWN if division.kind == DivisionKind.TOWN else Level.CITY
    row = ProjectRound(
        home6=division_code[:6],
        division_code=division_code,
        level=level,
        year=year,
        places=places,
        opened_on=clock.today(),
    )
    if not runs(actor, row):
        raise Denied(NOT_YOURS)
    _check_numbers(year, places)
    row, made = ProjectRound.objects.get_or_create(
        home6=row.home6,
        division_code=division_code,
        year=year,
        defaults={"level": level, "places": places, "opened_on": row.opened_on},
    )
    if not made:
        raise Conflict(f"{year} 年的征集已经开始了，请接着办。")
    facts = {"year": year, "places": places}
    event_add(row, actor=actor, act="open", old="", trail=ROUND_TRAIL, facts=facts)
    return row


def _check_numbers(year: int, places: int) -> None:
    now = clock.today().year
    if not now <= year <= now + AHEAD:
        words = f"年度请填 {now} 到 {now + AHEAD}。"
        raise Invalid(words, fields={"year": words})
    if not 1 <= places <= MOST_PLACES:
        words = f"应选项目数请填 1 到 {MOST_PLACES}。"
        raise Invalid(words, fields={"places": words})


@write
def collection_close(*, actor: Actor, row: ProjectRound, request_id: str | None = None) -> ProjectRound:
    """End the public call; wishes that come later wait for the next year."""
    return round_step(actor=actor, row=row, act="close_collection")


@write
def session_set(
    *, actor: Actor, row: ProjectRound, session_on: date, request_id: str | None = None
) -> ProjectRound:
    """Say on which day the plenary meets."""
    if session_on < clock.today():
        words = "大会日期不能早于今天。"
        raise Invalid(words, fields={"session_on": words})
    return round_step(actor=actor, row=row, act="set_session", session_on=session_on)


@write
def candidates_fix(*, actor: Actor, row: ProjectRound, request_id: str | None = None) -> ProjectRound:
    """Fix the list of candidates: more than places, all with money and opinions, all wishes answered."""
    return round_step(actor=actor, row=row, act="fix_candidates")


@write
def screening_reopen(
    *, actor: Actor, row: ProjectRound, reason: str, request_id: str | None = None
) -> ProjectRound:
    """Open the list of candidates again before the papers go out, to put right what is wrong in it.

    Who has heard the old list has not heard the new one: both previews are recorded anew.
    """
    words = long_enough(reason, 6, 200, "reason", "写明为什么重新筛选")
    round_step(actor=actor, row=row, act="reopen_screening", note=words)
    row.previews.all().delete()
    return row


@write
def preview_record(
    *,
    actor: Actor,
    row: ProjectRound,
    kind: str,
    held_on: date,
    note: str,
    request_id: str | None = None,
) -> ProjectRound:
    """Record that the party committee, or the standing committee or presidium, has heard the list."""
    if kind not in PreviewKind.values:
        raise Invalid("请选是谁研究的。", fields={"kind": "请从列出的里选一个。"})
    if held_on > clock.today():
        raise Invalid("日期还没到。", fields={"held_on": "请填开会那天。"})
    words = long_enough(note, 4, 300, "note", "写明研究的意见")
    round_step(actor=actor, row=row, act="record_preview", facts={"kind": kind})
    _, made = Preview.objects.get_or_create(
        home6=row.home6, round=row, kind=kind, defaults={"held_on": held_on, "note": words}
    )
    if not made:
        raise Conflict("这一项已经记过了。")
    return row


@write
def papers_send(*, actor: Actor, row: ProjectRound, request_id: str | None = None) -> ProjectRound:
    """Send the candidates' cards to all deputies of the congress, in time before the session."""
    round_step(actor=actor, row=row, act="send_papers", papers_on=clock.today())
    tell_deputies(row, "民生实事候选项目的材料到了，请会前看一看", f"papers:{row.id}")
    return row


@write
def round_announce(*, actor: Actor, row: ProjectRound, request_id: str | None = None) -> ProjectRound:
    """Announce the result with the votes of every candidate."""
    return round_step(actor=actor, row=row, act="announce", announced_on=clock.today())


def electorate_of(row: ProjectRound) -> int:
    """Return how many deputies the congress has today: a town's projects know only the town's deputies."""
    return deputies_of_body(row.division_code).count()
