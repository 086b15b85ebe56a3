"""Circulars between the city and its towns: sent, received, read, done, replied, reminded, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lianxin.colleagues import selectors, services
from lianxin.colleagues.models import Circular, Receipt, ReceiptEvent
from lianxin.colleagues.permissions import circulars_visible_to
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.notifications.models import Notice
from tests.factories.cast import CITY, OTHER_TOWN, TOWN, VILLAGE, Cast

pytestmark = pytest.mark.django_db


def paper(wants: str = "reply", days: int | None = 5, kind: str = "notice") -> services.Paper:
    due = clock.today() + timedelta(days=days) if days is not None else None
    return services.Paper(kind, "报送第四季度活动计划", "请各镇报送代表小组第四季度活动计划。", wants, due)


def sent(cast: Cast, **more: object) -> Circular:
    return services.circular_send(
        actor=cast.office,
        sender=CITY,
        receivers=[TOWN, OTHER_TOWN],
        paper=paper(**more),  # type: ignore[arg-type]
    )


def at_town(circular: Circular, town: str = TOWN) -> Receipt:
    return Receipt.objects.select_related("circular").get(circular=circular, division_code=town)


def test_a_town_receives_reads_and_replies(cast: Cast) -> None:
    circular = sent(cast)
    assert circular.number == f"人代通知〔{clock.today().year}〕1号"
    assert selectors.inbox_figures(cast.keeper) == {"unread": 1, "open": 1}
    receipt = services.receipt_read(actor=cast.keeper, receipt=at_town(circular))
    assert selectors.inbox_figures(cast.keeper) == {"unread": 0, "open": 1}
    services.receipt_reply(actor=cast.presidium, receipt=receipt, text="我镇计划如下：……共 12 次。")
    assert selectors.inbox_figures(cast.keeper) == {"unread": 0, "open": 0}
    row = selectors.outbox(cast.office)[0]
    assert (row.total, row.unread, row.met) == (2, 1, 1)  # type: ignore[attr-defined]
    assert Notice.objects.filter(recipient_key=f"office@{CITY}", about_id=circular.pk).exists()


def test_figures_equal_their_lists(cast: Cast) -> None:
    first, _ = sent(cast), sent(cast, wants="read", days=None)
    services.receipt_read(actor=cast.keeper, receipt=at_town(first))
    figures = selectors.inbox_figures(cast.keeper)
    assert figures == {"unread": 1, "open": 2}
    for tab, count in figures.items():
        assert len(selectors.inbox(cast.keeper, tab=tab)) == count


@pytest.mark.parametrize(("wants", "act"), [("done", "finish"), ("read", None)])
def test_what_was_asked_is_what_counts(cast: Cast, wants: str, act: str | None) -> None:
    receipt = services.receipt_read(actor=cast.keeper, receipt=at_town(sent(cast, wants=wants)))
    if act is None:
        assert receipt.met_at
        with pytest.raises(Refused):
            services.receipt_finish(actor=cast.keeper, receipt=receipt)
        return
    assert receipt.met_at is None
    with pytest.raises(Refused):
        services.receipt_reply(actor=cast.keeper, receipt=receipt, text="已经办了。")
    assert services.receipt_finish(actor=cast.keeper, receipt=receipt).met_at


def test_read_is_noted_once(cast: Cast) -> None:
    receipt = at_town(sent(cast))
    first = services.receipt_read(actor=cast.keeper, receipt=receipt).read_at
    assert services.receipt_read(actor=cast.presidium, receipt=at_town(receipt.circular)).read_at == first
    assert ReceiptEvent.objects.filter(receipt=receipt).count() == 1


def test_nothing_is_done_before_it_is_read(cast: Cast) -> None:
    with pytest.raises(Conflict):
        services.receipt_reply(actor=cast.keeper, receipt=at_town(sent(cast)), text="好的，收到。")


@pytest.mark.parametrize("who", ["keeper_other", "presidium_other", "deputy_town", "clerk", "office"])
def test_only_the_receiver_answers(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        services.receipt_read(actor=getattr(cast, who), receipt=at_town(sent(cast)))


def _sends(actor: Actor, sender: str, receivers: list[str], kind: str) -> Circular:
    return services.circular_send(actor=actor, sender=sender, receivers=receivers, paper=paper(kind=kind))


def test_the_ways_of_papers(cast: Cast) -> None:
    report = _sends(cast.keeper, TOWN, [CITY], "report")
    assert selectors.inbox(cast.office)[0].circular == report
    for actor, sender, receivers, kind, wrong in (
        (cast.keeper, TOWN, [OTHER_TOWN], "notice", Invalid),
        (cast.keeper, TOWN, [CITY], "notice", Invalid),
        (cast.office, CITY, [TOWN], "report", Invalid),
        (cast.office, CITY, [VILLAGE], "notice", Invalid),
        (cast.office, CITY, [], "notice", Invalid),
        (cast.keeper, OTHER_TOWN, [CITY], "report", Denied),
        (cast.keeper, CITY, [TOWN], "notice", Denied),
        (cast.deputy_town, TOWN, [CITY], "report", Denied),
        (cast.leader, CITY, [TOWN], "notice", Denied),
    ):
        with pytest.raises(wrong):
            _sends(actor, sender, receivers, kind)


def test_a_town_sees_its_own_receipt_only_and_a_strange_town_nothing(cast: Cast) -> None:
    circular = services.circular_send(actor=cast.office, sender=CITY, receivers=[TOWN], paper=paper())
    assert [row.division_code for row in selectors.receipts_for(cast.keeper, circular)] == [TOWN]
    assert not circulars_visible_to(cast.keeper_other).exists()
    with pytest.raises(NotFound):
        selectors.circular_for(cast.keeper_other, circular.pk)
    both = sent(cast)
    assert len(selectors.receipts_for(cast.office, both)) == 2
    assert len(selectors.receipts_for(cast.keeper, both)) == 1


def test_a_circular_taken_back_asks_for_nothing(cast: Cast) -> None:
    circular = sent(cast)
    receipt = services.receipt_read(actor=cast.keeper, receipt=at_town(circular))
    with pytest.raises(Denied):
        services.circular_withdraw(actor=cast.keeper, circular=circular, reason="不该我收回")
    services.circular_withdraw(actor=cast.office, circular=circular, reason="附件有误，重发")
    with pytest.raises(Refused, match="收回"):
        services.receipt_reply(actor=cast.keeper, receipt=at_town(circular), text="计划如下。")
    assert receipt.pk
    assert selectors.inbox_figures(cast.keeper) == {"unread": 0, "open": 0}
    with pytest.raises(Conflict):
        services.circular_withdraw(actor=cast.office, circular=circular, reason="再收一次")


def test_the_late_are_reminded_and_the_sender_gets_their_list(cast: Cast) -> None:
    circular = sent(cast)
    receipt = services.receipt_read(actor=cast.keeper, receipt=at_town(circular))
    services.receipt_reply(actor=cast.keeper, receipt=receipt, text="计划如下，共 12 次。")
    assert circular.due_on
    assert services.circulars_remind(circular.due_on - timedelta(days=3)) == 0
    for day, times in ((-1, 1), (-1, 1), (1, 1)):
        assert services.circulars_remind(circular.due_on + timedelta(days=day)) == times
    keys = Notice.objects.filter(about_id=circular.pk, recipient_key__endswith=OTHER_TOWN)
    assert keys.filter(dedupe__startswith="soon:", recipient_key__startswith="keeper").count() == 1
    assert not Notice.objects.filter(recipient_key=f"keeper@{TOWN}", dedupe__startswith="soon:").exists()
    late = Notice.objects.get(recipient_key=f"office@{CITY}", dedupe__startswith="late_list:")
    assert (late.subject[:1], late.text) == ("1", "蜀河镇")


def test_urging_reaches_only_those_who_owe_and_once_a_day(cast: Cast) -> None:
    circular = sent(cast, wants="read", days=None)
    services.receipt_read(actor=cast.keeper, receipt=at_town(circular))
    for _ in range(2):
        services.circular_urge(actor=cast.office, circular=circular)
    urged = Notice.objects.filter(dedupe__startswith="urge:").values_list("recipient_key", flat=True)
    assert sorted(urged) == [f"keeper@{OTHER_TOWN}", f"presidium@{OTHER_TOWN}"]


def test_what_is_missing_is_said_field_by_field(cast: Cast) -> None:
    bad = services.Paper("letter", " ", "短", "shout", date(2020, 1, 1))
    with pytest.raises(Invalid) as caught:
        services.circular_send(actor=cast.office, sender=CITY, receivers=[TOWN], paper=bad)
    assert set(caught.value.fields) == {"kind", "title", "text", "wants", "due_on"}
