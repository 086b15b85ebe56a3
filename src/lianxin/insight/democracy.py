"""四民主 × 四自我 by the records of villages, and participation in totals.

Which record belongs to which cell is a local classification (parameter `village.democracy_tags`). A
cell's number is the length of the list behind it. Nothing here is about a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Max, QuerySet, Sum

from lianxin.charters.models import CharterComment, CharterText
from lianxin.charters.permissions import visible_to as charters_visible_to
from lianxin.charters.workflow import IN_FORCE
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.elections.bodies import SupervisionReview
from lianxin.elections.models import ElectionRound, VillageElection
from lianxin.elections.permissions import elections_visible_to
from lianxin.insight.homes.counting import counts_of
from lianxin.rulebook.selectors import value
from lianxin.villages.models import DisclosureItem, DisclosureQuestion, FourTwo, MeetingTopic
from lianxin.villages.permissions import (
    four_two_visible_to,
    items_visible_to,
    meetings_visible_to,
    villages_visible_to,
)
from lianxin.villages.workflow import CLOSED_AS_VALID, Meeting

DEMOCRACY = {
    "election": "民主选举",
    "consult": "民主协商",
    "decide": "民主决策",
    "manage": "民主管理",
    "supervise": "民主监督",
}
SELF = {"manage": "自我管理", "educate": "自我教育", "serve": "自我服务", "supervise": "自我监督"}
PLAIN_RECORD = {
    "elections": "选举",
    "talks": "座谈",
    "meetings": "会议决议",
    "served": "办成的事",
    "charters": "自治章程",
    "covenants": "村规民约",
    "accounts": "村务和财务公开",
    "relief": "救助补贴公开",
    "reviews": "季度审核",
    "four_two": "四议两公开",
}
SINCE = timedelta(days=365)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a cell."""

    kind: str
    title: str
    village: str
    on: date
    link: str


@dataclass(frozen=True, slots=True)
class Kind:
    """How records of one kind are found and shown."""

    rows: Callable[[Actor, datetime], QuerySet[Any]]
    day: str
    show: Callable[[Any], Record]


def _topics(actor: Actor, since: datetime) -> QuerySet[MeetingTopic]:
    return MeetingTopic.objects.filter(meeting__in=meetings_visible_to(actor), meeting__held_at__gte=since)


def _meetings(actor: Actor, since: datetime, *states: str) -> QuerySet[Any]:
    return meetings_visible_to(actor).filter(held_at__gte=since, state__in=states)


def _texts(actor: Actor, kind: str) -> QuerySet[CharterText]:
    return charters_visible_to(actor).filter(kind=kind, state__in=IN_FORCE)


def _published(actor: Actor, since: datetime, *kinds: str) -> QuerySet[DisclosureItem]:
    found = items_visible_to(actor).filter(published_on__gte=clock.local_date(since))
    return found.filter(kind__in=kinds)


def _reviews(actor: Actor, since: datetime) -> QuerySet[SupervisionReview]:
    mine = villages_visible_to(actor).values("division_code")
    return SupervisionReview.objects.filter(division_code__in=mine, reviewed_on__gte=clock.local_date(since))


def _elections(actor: Actor, _since: datetime) -> QuerySet[VillageElection]:
    return elections_visible_to(actor).exclude(elected_on=None)


def _four_two(actor: Actor, since: datetime) -> QuerySet[FourTwo]:
    return four_two_visible_to(actor).filter(created_at__gte=since)


def _meeting(row: Any) -> Record:
    link = f"/village/meetings/{row.id}"
    return Record("meetings", row.title, row.division_code, clock.local_date(row.held_at), link)


def _topic(row: MeetingTopic) -> Record:
    link = f"/village/meetings/{row.meeting_id}"
    return Record("served", row.title, row.meeting.division_code, row.shown_on or date.min, link)


def _text(row: CharterText) -> Record:
    return Record(
        "charters", row.title, row.division_code, row.effective_on or date.min, f"/charters/{row.id}"
    )


def _item(row: DisclosureItem) -> Record:
    on = row.published_on or date.min
    return Record("accounts", row.what, row.division_code, on, f"/village/items/{row.id}")


def _review(row: SupervisionReview) -> Record:
    link = f"/village/board/{row.division_code}#council"
    return Record("reviews", f"{row.period} 季度审核", row.division_code, row.reviewed_on, link)


def _election(row: VillageElection) -> Record:
    title = f"{row.year}年{row.get_kind_display()}"
    return Record("elections", title, row.division_code, row.elected_on or date.min, f"/elections/{row.id}")


def _matter(row: FourTwo) -> Record:
    on = clock.local_date(row.created_at)
    return Record("four_two", row.title, row.division_code, on, f"/village/four-two/{row.id}")


KINDS: dict[str, Kind] = {
    "elections": Kind(_elections, "elected_on", _election),
    "talks": Kind(lambda actor, since: _meetings(actor, since, Meeting.TALK), "held_at", _meeting),
    "meetings": Kind(lambda actor, since: _meetings(actor, since, *CLOSED_AS_VALID), "held_at", _meeting),
    "served": Kind(
        lambda actor, since: _topics(actor, since).exclude(shown_on=None).select_related("meeting"),
        "shown_on",
        _topic,
    ),
    "charters": Kind(lambda actor, _: _texts(actor, "charter"), "effective_on", _text),
    "covenants": Kind(lambda actor, _: _texts(actor, "covenant"), "effective_on", _text),
    "accounts": Kind(
        lambda actor, since: _published(actor, since, "affairs", "finance", "major"), "published_on", _item
    ),
    "relief": Kind(lambda actor, since: _published(actor, since, "relief"), "published_on", _item),
    "reviews": Kind(_reviews, "reviewed_on", _review),
    "four_two": Kind(_four_two, "created_at", _matter),
}


def tags() -> dict[str, tuple[str, str]]:
    """Return which cell each kind of record belongs to (a local classification)."""
    found: dict[str, list[str]] = value("village.democracy_tags")
    return {kind: (cell[0], cell[1]) for kind, cell in found.items() if kind in KINDS}


def matrix(actor: Actor) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return rows of 民主 with one number per 自我: how many records there are in the last year."""
    since = clock.now() - SINCE
    known, cells = tags(), dict[tuple[str, str], int]()
    for kind, count in counts_of(**{kind: KINDS[kind].rows(actor, since) for kind in known}).items():
        cells[known[kind]] = cells.get(known[kind], 0) + count
    return [(row, [(column, cells.get((row, column), 0)) for column in SELF]) for row in DEMOCRACY]


def records(actor: Actor, row: str, column: str, *, page: int = 1) -> tuple[int, list[Record]]:
    """Return the length of a cell's list and one page of it, the latest of each kind first."""
    since = clock.now() - SINCE
    first, total, found = (page - 1) * PAGE, 0, list[Record]()
    for name, cell in tags().items():
        if cell != (row, column):
            continue
        kind = KINDS[name]
        rows = kind.rows(actor, since).order_by(F(kind.day).desc(nulls_last=True), "-id")
        count = rows.count()
        begin = max(first - total, 0)
        left = PAGE - len(found)
        if left and begin < count:
            found += [kind.show(one) for one in rows[begin : begin + left]]
        total += count
    return total, found


def participation(actor: Actor) -> list[tuple[str, int, str]]:
    """Return how much people took part in the last year: totals, never a list of persons (S24)."""
    since = clock.now() - SINCE
    mine = villages_visible_to(actor).values("division_code")
    held = _meetings(actor, since, *CLOSED_AS_VALID, Meeting.TALK)
    asked = DisclosureQuestion.objects.filter(item__in=items_visible_to(actor), created_at__gte=since)
    comments = CharterComment.objects.filter(division_code__in=mine, created_at__gte=since)
    received = counts_of(comments=comments, asked=asked)
    return [
        ("到会人次", held.aggregate(n=Sum("present"))["n"] or 0, "会议签到的总数"),
        ("章程公约意见", received["comments"], "征求意见收到的条数"),
        ("村务疑问", received["asked"], "看村务页提的疑问"),
        ("选举投票", _voted(actor), "最近一次选举收回的选票"),
    ]


def _voted(actor: Actor) -> int:
    """Return the ballots returned in each election's last declared round; void ones are not counted."""
    rounds = ElectionRound.objects.filter(election__in=elections_visible_to(actor), number=1)
    counted = rounds.exclude(declared_at=None).exclude(outcome="void")
    return counted.values("election").annotate(n=Max("returned")).aggregate(all=Sum("n"))["all"] or 0
