"""The four key links of a village (四个环节): what is missing, since when, by which article. Pure.

A lamp is red where a day has passed, yellow where one is near or something is under way, else green.
Documents and meetings are looked at, never people. For residents' communities the same days are shown
for reference: their own law is not entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LAW = "村民委员会组织法（2018）"
REFERENCE = "法律文本待核，参照"
LOCAL = "本地约定：村民自治规程第十四条"


class Link(StrEnum):
    """The four links."""

    ELECTION = "election"
    COUNCIL = "council"
    CHARTER = "charter"
    DISCLOSURE = "disclosure"


PLAIN_LINK = {
    Link.ELECTION: "选举",
    Link.COUNCIL: "议事监督",
    Link.CHARTER: "章程公约",
    Link.DISCLOSURE: "公开",
}


@dataclass(frozen=True, slots=True)
class Days:
    """The days that lamps are measured against."""

    today: date
    last_quarter_ends: date
    quarter_ends: date
    near: int = 15

    @property
    def quarter_is_near(self) -> bool:
        """Say whether this quarter is about to end."""
        return (self.quarter_ends - self.today).days <= self.near


@dataclass(slots=True)
class Facts:
    """What the records of one village say, as counts."""

    is_community: bool = False
    broken_elections: int = 0
    running_elections: int = 0
    in_term: int = 0
    term_far: int = 0
    met_before: int = 0
    met_now: int = 0
    members: int = 0
    heads: int = 0
    finance: int = 0
    reviewed_before: int = 0
    reviewed_now: int = 0
    appraised_before: int = 0
    charters: int = 0
    covenants: int = 0
    corrections: int = 0
    revisions_open: int = 0
    items_late: int = 0
    items_near: int = 0
    open_election: int = 0
    open_council: int = 0
    open_charter: int = 0
    open_disclosure: int = 0
    late_election: int = 0
    late_council: int = 0
    late_charter: int = 0
    late_disclosure: int = 0
    sheets_now: int = 0

    def found(self, link: Link) -> tuple[int, int]:
        """Return how many findings of inspections stand open in a link, before their day and past it."""
        return getattr(self, f"open_{link}"), getattr(self, f"late_{link}")


@dataclass(frozen=True, slots=True)
class Missing:
    """One duty that is missing or near: what, until when, by which article."""

    link: Link
    what: str
    basis: str
    is_red: bool
    due_on: date | None = None


def missing(facts: Facts, days: Days) -> list[Missing]:
    """Return what is missing or near in all four links."""
    found = [one for rule in RULES for one in rule(facts, days)]
    if not facts.is_community:
        return found
    return [Missing(one.link, one.what, f"{REFERENCE}{one.basis}", one.is_red, one.due_on) for one in found]


def lamp(found: Iterable[Missing]) -> str:
    """Return red, yellow or green."""
    reds = [one.is_red for one in found]
    return "red" if any(reds) else "yellow" if reds else "green"


def _election(facts: Facts, days: Days) -> Iterable[Missing]:
    if facts.broken_elections:
        yield Missing(
            Link.ELECTION,
            "选举没有按期办完：要公布、另行选举、重新组织或者移交",
            f"{LAW}第十五、二十条",
            True,
        )
    elif facts.running_elections:
        yield Missing(Link.ELECTION, "选举正在进行", f"{LAW}第十二至十五条", False)
    if not facts.in_term:
        yield Missing(Link.ELECTION, "任期届满，还没有换届", f"{LAW}第十一条", True)
    elif not facts.term_far:
        yield Missing(Link.ELECTION, "任期快要届满，请准备换届", f"{LAW}第十一条", False)


def _council(facts: Facts, days: Days) -> Iterable[Missing]:
    meeting, review = "村民代表会议（每季度至少一次）", "监督委员会的季度审核"
    yield from _quarterly(meeting, f"{LAW}第二十六条", facts.met_before, facts.met_now, days)
    yield from _quarterly(review, f"{LAW}第三十二条", facts.reviewed_before, facts.reviewed_now, days)
    if facts.members < 3 or facts.heads != 1 or not facts.finance:
        words = "监督委员会不健全：三人以上、有主任、有懂财务的人"
        yield Missing(Link.COUNCIL, words, f"{LAW}第三十二条", True)
    if not facts.appraised_before:
        last = date(days.today.year - 1, 12, 31)
        yield Missing(Link.COUNCIL, f"{last.year}年民主评议", f"{LAW}第三十三条", True, last)


def _quarterly(what: str, basis: str, before: int, now: int, days: Days) -> Iterable[Missing]:
    """A quarter that went by without it is red until this quarter has made up for it."""
    if not before and not now:
        yield Missing(Link.COUNCIL, f"上季度没有{what}", basis, True, days.last_quarter_ends)
    elif not now and days.quarter_is_near:
        yield Missing(Link.COUNCIL, f"本季度还没有{what}", basis, False, days.quarter_ends)


def _charter(facts: Facts, days: Days) -> Iterable[Missing]:
    for count, words in ((facts.charters, "村民自治章程"), (facts.covenants, "村规民约")):
        if not count:
            yield Missing(Link.CHARTER, f"没有生效的{words}", f"{LAW}第二十七条", True)
    if facts.corrections:
        yield Missing(Link.CHARTER, "镇里责令改正，还没有改好", f"{LAW}第二十七条", True)
    if facts.revisions_open:
        yield Missing(Link.CHARTER, "这一轮修订还没有完成", "本地工作：章程公约修订", False)


def _disclosure(facts: Facts, days: Days) -> Iterable[Missing]:
    if facts.items_late:
        yield Missing(Link.DISCLOSURE, f"{facts.items_late} 项过了期限没有公开", f"{LAW}第三十条", True)
    if facts.items_near:
        words = f"{facts.items_near} 项快到期或者有疑问没有答复"
        yield Missing(Link.DISCLOSURE, words, f"{LAW}第三十、三十一条", False)


def _found(facts: Facts, days: Days) -> Iterable[Missing]:
    """What an inspection sheet found: near until its day, red from then on, gone by the second look."""
    for link in Link:
        before, late = facts.found(link)
        if late:
            yield Missing(link, f"巡查发现的 {late} 个问题到期没有复查", LOCAL, True)
        if before:
            yield Missing(link, f"巡查发现的 {before} 个问题等整改、等复查", LOCAL, False)


Rule = Callable[[Facts, Days], Iterable[Missing]]
RULES: tuple[Rule, ...] = (_election, _council, _charter, _disclosure, _found)


def index(done: int, due: int) -> float | None:
    """Return the index of documents (规范化指数): what was done in time of what was due, in percent."""
    return round(100 * done / due, 1) if due else None


def days_of(today: date, quarter_ends: date, near: int) -> Days:
    """Return the days of a board, from the day on which this quarter ends."""
    begins = date(quarter_ends.year, quarter_ends.month - 2, 1)
    return Days(today, begins - timedelta(days=1), quarter_ends, near)
