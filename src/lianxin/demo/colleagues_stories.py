"""What deputies and offices said to each other: monthly circulars with receipts, a channel, a question."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.activities.selectors import own_group
from lianxin.colleagues import services
from lianxin.colleagues.models import Receipt
from lianxin.common import clock
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.telling import Story
from lianxin.people.actors import deputy_of
from lianxin.regions.loading import CITY

PAPERS = (
    ("notice", "关于报送代表小组活动情况的通知", "请各镇报送本月代表小组活动次数和主要做法。", "reply"),
    ("paper", "关于规范联络站接待登记的意见", "接待登记要当天入册，转办件要说清去向。", "read"),
    ("notice", "关于做好代表学习培训的通知", "请组织代表学习代表法，办完后报「已办」。", "done"),
)
MONTHS = 6


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return a circular a month with its receipts, and the talk of the tour's group."""
    del scale
    return [*(_circular(city, now, months) for months in range(MONTHS)), _talk(city, now)]


def _circular(city: City, now: datetime, months: int) -> Story:
    """Send one; all towns answer the older ones, of the newest the tour's town has not read."""
    sent = now - timedelta(days=2 + 30 * months, hours=5)
    yield sent
    kind, title, text, wants = PAPERS[months % len(PAPERS)]
    due = clock.today() + timedelta(days=10)
    paper = services.Paper(kind, title, text, wants, due)
    row = services.circular_send(actor=city.staff["office"], sender=CITY, receivers=city.towns, paper=paper)
    receipts = list(Receipt.objects.filter(circular=row).select_related("circular").order_by("division_code"))
    for place, receipt in enumerate(receipts):
        if months == 0 and (receipt.division_code == TOUR_TOWN or place % 4 == 3):
            continue
        yield sent + timedelta(hours=6 + place)
        _answer(city, receipt, wants)


def _answer(city: City, receipt: Receipt, wants: str) -> None:
    keeper = city.keeper(receipt.division_code)
    receipt = services.receipt_read(actor=keeper, receipt=receipt)
    if wants == "done":
        services.receipt_finish(actor=keeper, receipt=receipt)
    if wants == "reply":
        services.receipt_reply(actor=keeper, receipt=receipt, text="已组织活动，纪要都已入册。")


def _talk(city: City, now: datetime) -> Story:
    """Let the tour's group talk, and a deputy ask another."""
    yield now - timedelta(hours=30)
    leader = city.staff["group_leader"]
    group = own_group(leader)
    assert group is not None
    services.post_write(actor=leader, group=group, text="周五上午八点在村委会会合，去看水毁路段。")
    yield now - timedelta(hours=20)
    asker, asked = city.staff["deputy_town"], deputy_of(city.staff["deputy_city"])
    question = services.question_ask(
        actor=asker, title="村里建冷库，贴息找谁", text="合作社想建一座冷库，贷款贴息归哪个部门办？", to=asked
    )
    yield now - timedelta(hours=8)
    services.question_answer(
        actor=city.staff["deputy_city"], question=question, text="找农业农村局产业科，带合作社的证照。"
    )
