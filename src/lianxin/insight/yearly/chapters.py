"""The chapters of the report. A figure names the room's own list rule, never a count of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lianxin.activities import permissions as activities
from lianxin.activities.workflow import State as Activity
from lianxin.charters.permissions import visible_to as charters_visible_to
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.duties.permissions import visible_to as duties_visible
from lianxin.duties.workflow import LIVE
from lianxin.insight import effect
from lianxin.insight.yearly.entries import Chapter, Entry, Rows, Split
from lianxin.meetings.permissions import items_visible_to as items_of_forums
from lianxin.meetings.workflow import ItemState as Item
from lianxin.opinions.models import Channel
from lianxin.opinions.permissions import visible_to as opinions_visible
from lianxin.opinions.workflow import State as Opinion
from lianxin.projects.permissions import projects_visible_to
from lianxin.projects.workflow import SHOWN as CHOSEN
from lianxin.projects.workflow import TESTED as FINISHED
from lianxin.regions.selectors import place_name
from lianxin.stations.permissions import days_visible_to
from lianxin.villages.models import MeetingKind
from lianxin.villages.permissions import items_visible_to, meetings_visible_to
from lianxin.villages.workflow import SHOWN, Meeting

WITH_DECISION = (Meeting.DECIDED, Meeting.CARRYING_OUT, Meeting.SHOWN)


def _town(code: str) -> str:
    return place_name(f"{code}000")


def _by_town(column: str) -> Split:
    return Split("town", "分镇", column, _town, by_town=True)


def _channel(value: str) -> str:
    return str(Channel(value).label) if value in Channel.values else value


def _category(value: str) -> str:
    return value or "还没有分类"


def _received(actor: Actor, year: int) -> Rows:
    found = opinions_visible(actor).filter(received_at__year=year, is_sealed=False)
    return found.order_by("received_at", "id")


def _converted(actor: Actor, year: int) -> Rows:
    return _received(actor, year).filter(state=Opinion.CONVERTED)


def _fed_back(actor: Actor, year: int) -> Rows:
    return _received(actor, year).filter(fed_back_on__isnull=False)


def _duty(slug: str, actor: Actor, year: int) -> Rows:
    found = duties_visible(actor).filter(kind__slug=slug, on__year=year, state__in=LIVE)
    return found.select_related("deputy", "kind").order_by("on", "id")


def _activities(actor: Actor, year: int) -> Rows:
    found = activities.visible_to(actor).filter(starts_at__year=year)
    return found.filter(state__in=(Activity.DONE, Activity.MINUTES_DUE)).order_by("starts_at", "id")


def _reception_days(actor: Actor, year: int) -> Rows:
    found = days_visible_to(actor).filter(on__year=year, summed_up_at__isnull=False)
    return found.select_related("station").order_by("on", "id")


def _disclosed(actor: Actor, year: int) -> Rows:
    found = items_visible_to(actor).filter(published_on__year=year, state__in=SHOWN)
    return found.order_by("published_on", "id")


def _village_meetings(kind: str, actor: Actor, year: int) -> Rows:
    found = meetings_visible_to(actor).filter(kind=kind, held_at__year=year, state__in=WITH_DECISION)
    return found.order_by("held_at", "id")


def _projects(actor: Actor, year: int) -> Rows:
    found = projects_visible_to(actor).filter(round__year=year, state__in=CHOSEN)
    return found.order_by("division_code", "number", "id")


def _projects_done(actor: Actor, year: int) -> Rows:
    return _projects(actor, year).filter(state__in=FINISHED)


def _raised(actor: Actor, year: int) -> Rows:
    found = items_of_forums(actor).filter(forum__held_at__year=year)
    return found.select_related("forum", "deputy").order_by("forum__held_at", "number")


def _raised_on_spot(actor: Actor, year: int) -> Rows:
    return _raised(actor, year).filter(state=Item.ON_SPOT)


def _charters_filed(actor: Actor, year: int) -> Rows:
    found = charters_visible_to(actor).filter(filed_on__year=year)
    return found.order_by("filed_on", "id")


def _shares() -> tuple[Entry, ...]:
    """Return the figures of 治理效能 as they stand on their own page."""
    wholes = {
        "replied": "handed",
        "in_time": "replied",
        "content": "evaluated",
        "kept": "due",
        "contact": "seated",
    }
    return tuple(
        Entry(one.slug, one.name, one.means, one.part, of=wholes[one.slug]) for one in effect.INDICATORS
    )


def _whole(slug: str) -> Callable[[Actor, int], Rows]:
    return effect.indicator(slug).whole


REPLIED, IN_TIME, CONTENT, KEPT, CONTACT = _shares()
BY_PLACE = (_by_town("division_code"),)
BY_DEPUTY = (_by_town("deputy__division_code"),)
CHAPTERS = (
    Chapter(
        "社情民意",
        (
            Entry(
                "opinions",
                "收到民情",
                "本年各级联络站收到的民情，不含密件",
                _received,
                (
                    Split("channel", "按渠道", "channel", _channel),
                    Split("category", "按类别", "category", _category),
                    _by_town("division_code"),
                ),
            ),
            Entry("fed_back", "已经反馈", "本年收到的民情中，已经把结果告诉群众的", _fed_back, of="opinions"),
            Entry(
                "converted", "转为建议", "收到的民情中，由代表依法转为代表建议的", _converted, of="opinions"
            ),
        ),
    ),
    Chapter(
        "代表建议",
        (
            Entry(
                "handed",
                "交办的建议",
                "本年提交并已交办的代表建议",
                _whole("replied"),
                (Split("category", "按类别", "category", _category),),
            ),
            REPLIED,
            IN_TIME,
            Entry("evaluated", "代表已评价", "已经答复的建议中，代表已经评价的", _whole("content")),
            CONTENT,
        ),
    ),
    Chapter(
        "代表履职",
        (
            Entry(
                "diaries",
                "民情日记",
                "本年代表愿意公开到联络站的民情日记",
                partial(_duty, "field_diary"),
                BY_DEPUTY,
                unit="篇",
            ),
            Entry(
                "visits",
                "走访选民",
                "本年走访选民的记录",
                partial(_duty, "household_visit"),
                BY_DEPUTY,
                unit="次",
            ),
            Entry(
                "receptions",
                "接待选民",
                "本年接待选民的记录",
                partial(_duty, "voter_reception"),
                BY_DEPUTY,
                unit="次",
            ),
            Entry("deeds", "办实事", "本年为群众办的实事", partial(_duty, "practical_deed"), BY_DEPUTY),
            Entry("due", "到期的履职承诺", "已经到期（或已提前兑现）的履职承诺", _whole("kept"), unit="项"),
            KEPT,
            Entry("seated", "在任代表", "本级和下级在任的代表", _whole("contact"), unit="名"),
            CONTACT,
        ),
    ),
    Chapter(
        "联络站和代表小组",
        (
            Entry("days", "接待日", "本年开过并写了小结的接待日", _reception_days, BY_PLACE, unit="天"),
            Entry(
                "activities",
                "代表活动",
                "本年开展的代表小组和镇、市代表活动",
                _activities,
                BY_PLACE,
                unit="次",
            ),
        ),
    ),
    Chapter(
        "民生实事和议政会",
        (
            Entry("projects", "票决的民生实事", "本年由代表票决通过的民生实事项目", _projects, BY_PLACE),
            Entry("projects_done", "已经完工", "本年票决的项目中，已经完工的", _projects_done, of="projects"),
            Entry("raised", "议政会上的意见", "本年知情议政会上代表提出的意见", _raised, BY_PLACE),
            Entry(
                "on_spot",
                "现场答复",
                "议政会上的意见中，现场答复并经代表认可的",
                _raised_on_spot,
                of="raised",
            ),
        ),
    ),
    Chapter(
        "村民自治",
        (
            Entry(
                "charters",
                "章程公约备案",
                "本年报镇备案的村民自治章程和村规民约",
                _charters_filed,
                BY_PLACE,
                unit="份",
            ),
            Entry("disclosed", "村务公开", "本年公开的村务事项", _disclosed, BY_PLACE, unit="项"),
            Entry(
                "assemblies",
                "村民会议",
                "本年形成决议的村民会议",
                partial(_village_meetings, MeetingKind.ASSEMBLY),
                BY_PLACE,
                unit="次",
            ),
            Entry(
                "representatives",
                "村民代表会议",
                "本年形成决议的村民代表会议",
                partial(_village_meetings, MeetingKind.REPRESENTATIVES),
                BY_PLACE,
                unit="次",
            ),
        ),
    ),
)
ENTRIES = {one.slug: one for chapter in CHAPTERS for one in chapter.entries}


def entry(slug: str) -> Entry:
    """Return a figure by its name in addresses."""
    if slug not in ENTRIES:
        raise NotFound("报告里没有这个数。")
    return ENTRIES[slug]


def split_of(one: Entry, slug: str) -> Split:
    """Return a table of a figure by its name in addresses."""
    found = next((split for split in one.splits if split.slug == slug), None)
    if found is None:
        raise NotFound("报告里没有这张表。")
    return found
