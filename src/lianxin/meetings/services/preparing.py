"""Before a forum: theme and day, deputies, departments, the data pack with receipts, questions ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lianxin.activities.services import gathering_open
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.documents.services import paper_accept
from lianxin.meetings.models import (
    Forum,
    ForumDeputy,
    ForumPaper,
    ForumQuestion,
    ForumRead,
    ForumUnit,
)
from lianxin.meetings.permissions import hosts
from lianxin.meetings.services.step import NOT_YOURS, forum_step, on_record
from lianxin.meetings.services.telling import tell_deputy, tell_unit
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.people.selectors import deputies_of_body, organ_has_head, organ_name, organ_of

PACK = "forum_paper"
HALF_DAY = timedelta(hours=12)
EARLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file as it was chosen: its name and its bytes."""

    name: str
    data: bytes


@write
def forum_plan(
    *,
    actor: Actor,
    division_code: str,
    title: str,
    theme: str,
    held_at: datetime,
    place: str,
    request_id: str | None = None,
) -> Forum:
    """Plan a forum of the city or of a town."""
    if not hosts(actor, division_code):
        raise Denied("只有人大代工委和镇人大主席团可以筹备议政会。")
    fields = {
        name: words
        for name, said, least, words in (
            ("title", title, 4, "请写会议名称，至少 4 个字。"),
            ("theme", theme, 2, "请写主题，例如「农业农村」。"),
            ("place", place, 2, "请写在哪里开。"),
        )
        if len(said.strip()) < least
    }
    if clock.local_date(held_at) < clock.today():
        fields["day"] = "开会的日子已经过了，请填今天或以后。"
    if fields:
        raise Invalid("有几项还没填好。", fields=fields)
    year, home6 = clock.local_date(held_at).year, division_code[:6]
    forum = Forum.objects.create(
        home6=home6,
        division_code=division_code,
        year=year,
        sequence=next_number(home6=home6, series=f"forum:{division_code}", year=year),
        title=title.strip()[:80],
        theme=theme.strip()[:120],
        held_at=held_at,
        place=place.strip()[:80],
        organiser_id=actor.id,
    )
    on_record(actor, forum, "plan", "", forum.state)
    return forum


@write
def roster_set(
    *,
    actor: Actor,
    forum: Forum,
    deputies: Sequence[UUID],
    units: Sequence[str],
    request_id: str | None = None,
) -> Forum:
    """Set who is invited: deputies of the own congress, departments where somebody can answer."""
    rows = list(deputies_of_body(forum.division_code).filter(pk__in=set(deputies)))
    if len(rows) != len(set(deputies)):
        raise Invalid("有的代表不在本级。", fields={"deputies": "请从本级代表名单中选。"})
    _known(units)
    forum = forum_step(
        actor=actor,
        forum=forum,
        act="set_roster",
        facts={"deputies": len(rows), "units": len(set(units))},
    )
    forum.deputies.exclude(deputy__in=rows).delete()
    forum.units.exclude(unit__in=units).delete()
    about = {"forum": forum, "home6": forum.home6, "division_code": forum.division_code}
    ForumDeputy.objects.bulk_create([ForumDeputy(deputy=row, **about) for row in rows], ignore_conflicts=True)
    ForumUnit.objects.bulk_create(
        [ForumUnit(unit=one, **about) for one in dict.fromkeys(units)], ignore_conflicts=True
    )
    if forum.state == "notified":
        _invite(forum)
    return forum


@write
def roster_enter(
    *,
    actor: Actor,
    forum: Forum,
    deputies: Sequence[UUID],
    units: Sequence[str],
    request_id: str | None = None,
) -> Forum:
    """Enter the roster of an earlier forum (补录): deputies and departments of then, who need no seat today.

    No door leads here; it is for entering older books.
    """
    forum = forum_step(actor=actor, forum=forum, act="set_roster", facts={"deputies": len(deputies)})
    about = {"forum": forum, "home6": forum.home6, "division_code": forum.division_code}
    ForumDeputy.objects.bulk_create([ForumDeputy(deputy_id=one, **about) for one in deputies])
    ForumUnit.objects.bulk_create([ForumUnit(unit=one, **about) for one in units])
    return forum


def _known(units: Sequence[str]) -> None:
    for unit in units:
        if organ_of(unit) is None or not organ_has_head(unit):
            words = f"{organ_name(unit)}还没有负责人账号，不能请来答复，请先请管理员开通。"
            raise Invalid(words, fields={"units": words})


@write
def paper_add(
    *,
    actor: Actor,
    forum: Forum,
    title: str,
    text: str = "",
    file: PackFile | None = None,
    request_id: str | None = None,
) -> ForumPaper:
    """Put a paper into the data pack; whoever has read the pack before is asked to read it again."""
    if len(title.strip()) < 2:
        raise Invalid("资料还没写好。", fields={"paper_title": "请写资料名称。"})
    if file is None and len(text.strip()) < 5:
        words = "请写内容（至少 5 个字），或者选一个文件。"
        raise Invalid("资料还没写好。", fields={"paper_text": words})
    paper = ForumPaper(
        forum=forum,
        home6=forum.home6,
        division_code=forum.division_code,
        title=title.strip()[:80],
        text=text.strip()[:8000],
    )
    if file is not None:
        kept = paper_accept(data=file.data, owner_kind=PACK, owner_id=paper.id, home6=paper.home6)
        name = file.name.replace("/", "_").strip()
        paper.file_id, paper.file_name = kept.id, name[-120:] or paper.title
    paper.save(force_insert=True)
    forum_step(actor=actor, forum=forum, act="add_paper", facts={"paper": str(paper.id)})
    forum.reads.all().delete()
    return paper


@write
def forum_notify(*, actor: Actor, forum: Forum, request_id: str | None = None) -> Forum:
    """Send the notice to every deputy and department on the roster."""
    forum = forum_step(actor=actor, forum=forum, act="notify")
    _invite(forum)
    return forum


def _invite(forum: Forum) -> None:
    day = clock.local_date(forum.held_at)
    when = f"{day.month}月{day.day}日，{forum.place}。请先看会前资料。"
    for row in forum.deputies.select_related("deputy"):
        tell_deputy(forum, row.deputy, f"请参加{forum.title}", when, "invited")
    for unit in forum.units.values_list("unit", flat=True):
        tell_unit(forum, unit, f"请参加{forum.title}", f"{when}请负责人到会答复。", "invited")


@write
def papers_read(*, actor: Actor, forum: Forum, request_id: str | None = None) -> Forum:
    """Note that somebody invited has read the pack (签收)."""
    forum = forum_step(actor=actor, forum=forum, act="read_papers")
    assert actor.id is not None
    row = ForumRead(forum=forum, home6=forum.home6, division_code=forum.division_code, account_id=actor.id)
    ForumRead.objects.bulk_create([row], ignore_conflicts=True)
    return forum


@write
def question_ahead(
    *, actor: Actor, forum: Forum, unit: str, text: str, request_id: str | None = None
) -> ForumQuestion:
    """Send a question ahead of the forum to a department that will be there."""
    deputy = deputy_of(actor)
    if deputy is None:
        raise Denied(NOT_YOURS)
    if not forum.units.filter(unit=unit).exists():
        raise Invalid("请选一个到会的部门。", fields={"unit": "请从到会部门中选。"})
    if len(text.strip()) < 5:
        raise Invalid("请写清想问什么。", fields={"text": "至少 5 个字。"})
    forum_step(actor=actor, forum=forum, act="ask_ahead", facts={"unit": unit})
    row = ForumQuestion.objects.create(
        forum=forum,
        home6=forum.home6,
        division_code=forum.division_code,
        deputy=deputy,
        unit=unit,
        text=text.strip()[:1000],
    )
    tell_unit(forum, unit, "有代表会前提问", "请先准备好答复。", f"question:{row.id}")
    return row


@write
def forum_begin(*, actor: Actor, forum: Forum, request_id: str | None = None) -> Forum:
    """Open the sign-in and the ledger on the day of the forum."""
    forum = forum_step(actor=actor, forum=forum, act="begin")
    now = clock.now()
    gathering_open(
        actor=actor,
        kind="forum",
        source_id=forum.id,
        title=forum.title,
        home6=forum.home6,
        division_code=forum.division_code,
        opens_at=min(now, forum.held_at) - EARLY,
        closes_at=max(now, forum.held_at) + HALF_DAY,
        guests=list(forum.deputies.values_list("deputy_id", flat=True)),
    )
    return forum


def roster_deputies(forum: Forum) -> list[Deputy]:
    """Return the deputies of the roster in its order, which the recorder's numbers follow."""
    return [row.deputy for row in forum.deputies.select_related("deputy").order_by("created_at", "id")]
