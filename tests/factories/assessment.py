"""Makes duties, yearly files, meetings and honours by the services of the people who would act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.duties.assessing import deciding, files, objections
from lianxin.duties.flows import excellence, meetings
from lianxin.duties.models import DutyRecord, ExcellenceBid, MeetingRequest, YearlyFile
from lianxin.duties.services.posting import duty_post
from lianxin.regions.loading import HOME6
from tests.factories.cast import Cast

YEAR = 2026
VIEW = "小组认为该代表一年里联系群众认真。"
WHY = "一年里走访、接待、办实事都有记录，群众反映好。"
DOUBT = "三月的两次走访没有算进来，当时用纸笔登记。"


@contextmanager
def on(month: int, day: int, year: int = YEAR) -> Iterator[None]:
    """Tell the time: noon in China on a day."""
    with clock.at(datetime(year, month, day, 4, tzinfo=UTC)):
        yield


def did(
    cast: Cast, kind: str = "voter_reception", *, who: str = "deputy_town", day: date, **facts: Any
) -> DutyRecord:
    """Post one duty as another room does."""
    deputy = cast.deputy_row(who)
    return duty_post(
        actor=SYSTEM,
        deputy_id=deputy.pk,
        kind=kind,
        on=day,
        home6=HOME6,
        division_code=deputy.division_code,
        source_room="tests",
        source_id=f"{kind}:{who}:{day}:{facts.get('household', '')}",
        online=True,
        facts=facts,
    )


def accrued(cast: Cast, who: str = "deputy_town", year: int = YEAR) -> YearlyFile:
    """Return the deputy's file of a year, begun if it is not there."""
    deputy = cast.deputy_row(who)
    files.files_open(actor=SYSTEM, deputies=[deputy], year=year)
    return YearlyFile.objects.select_related("deputy").get(deputy=deputy, year=year)


def generated(cast: Cast, who: str = "deputy_town") -> YearlyFile:
    """Return a file that waits for its deputy."""
    body = cast.presidium if who.startswith(("deputy_town", "group")) else cast.office
    return files.file_generate(actor=body, file=accrued(cast, who))


def objected(cast: Cast, who: str = "deputy_town") -> YearlyFile:
    """Return a file with one open objection."""
    return objections.file_object(
        actor=getattr(cast, who), file=generated(cast, who), item="reception", reason=DOUBT
    )


def commented(cast: Cast, who: str = "deputy_town") -> YearlyFile:
    """Return a file that waits for the decision."""
    file = files.file_confirm(actor=getattr(cast, who), file=generated(cast, who))
    return deciding.file_comment(actor=cast.group_leader, file=file, words=VIEW)


def decided(cast: Cast, who: str = "deputy_town", **more: Any) -> YearlyFile:
    """Return a file that waits for the deputy's signature."""
    form: dict[str, Any] = {"result": "competent", "reason": WHY, **more}
    return deciding.file_decide(actor=cast.presidium, file=commented(cast, who), **form)


def asked(cast: Cast, who: str = "deputy_town", organ: str = "transport", **more: Any) -> MeetingRequest:
    """Return a meeting request."""
    return meetings.meeting_request(
        actor=getattr(cast, who),
        organ=organ,
        whom="局长",
        topic="段家河大桥的修复",
        question="大桥封闭半年，绕行要一个小时，什么时候能修好？",
        **more,
    )


def scheduled(cast: Cast, meet_on: date, who: str = "deputy_town") -> MeetingRequest:
    """Return a meeting whose day is fixed."""
    row = meetings.meeting_screen(actor=cast.presidium, row=asked(cast, who))
    return meetings.meeting_schedule(actor=cast.presidium, row=row, meet_on=meet_on, place="镇人大会议室")


def bid(cast: Cast, who: str = "deputy_town") -> ExcellenceBid:
    """Return a bid for an honour."""
    return excellence.excellence_nominate(
        actor=getattr(cast, who), statement="一年走访二十户，帮助两户老人修好了水窖，接待选民五次。"
    )


def noticed(cast: Cast, who: str = "deputy_town") -> ExcellenceBid:
    """Return a bid on public notice."""
    row = excellence.excellence_recommend(actor=cast.group_leader, row=bid(cast, who), words="小组一致推荐")
    return excellence.excellence_notice(actor=cast.presidium, row=row)
