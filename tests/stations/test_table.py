"""At the table: one visit becomes an opinion in one act; queue, paper, summary; what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.documents.models import StoredFile
from lianxin.opinions.models import Contact, Opinion
from lianxin.opinions.selectors import opinion_by_code
from lianxin.opinions.services import Said
from lianxin.stations import services
from lianxin.stations.models import Confirmed, Outcome, Reception, ReceptionDay
from tests.factories import stations as make
from tests.factories.cast import Cast

NAME = "白云飞测试人"


@pytest.fixture
def day(cast: Cast) -> ReceptionDay:
    with clock.at(make.MONDAY):
        day = make.published(cast)
    make.sit(cast, day, "deputy_town", "deputy_city")
    return day


def test_a_visit_becomes_an_opinion_and_its_code_leads_to_it(cast: Cast, day: ReceptionDay) -> None:
    with clock.at(make.morning(day)):
        done = services.reception_register(
            actor=cast.keeper, day=day, visit=make.visit(cast), request_id="r1"
        )
        again = services.reception_register(
            actor=cast.keeper, day=day, visit=make.visit(cast), request_id="r1"
        )
        assert again.reception.pk == done.reception.pk and again.code == done.code
        found = opinion_by_code(done.code, browser_token="b")
    assert found.pk == done.reception.opinion_id
    assert (found.channel, found.state, found.outcome) == ("reception", "answered", "answered")
    assert Reception.objects.count() == Opinion.objects.count() == 1
    signs = StoredFile.objects.filter(owner_id=done.reception.pk)
    assert {one.owner_kind for one in signs} == {"reception_deputy", "reception_resident"}
    assert {one.visibility for one in signs} == {"sealed"}


def test_the_person_stays_sealed_with_the_opinion(cast: Cast, day: ReceptionDay) -> None:
    said = Said(text="三组的水渠塌了一段，田里进不了水", name=NAME, phone="10012345678")
    with clock.at(make.morning(day)):
        done = services.reception_register(actor=cast.keeper, day=day, visit=make.visit(cast, said=said))
    assert Contact.objects.get(opinion=done.reception.opinion).name != NAME
    columns = [str(value) for value in Reception.objects.values().get().values()]
    assert not any(NAME in value for value in columns)
    assert not any(NAME in entry.facts for entry in AuditEntry.objects.all())


def test_an_appointment_and_a_transfer_wait_at_the_desk(cast: Cast, day: ReceptionDay) -> None:
    later = day.on + timedelta(days=3)
    with clock.at(make.morning(day)):
        meet = make.visit(cast, outcome=Outcome.APPOINTMENT, appointment_on=later, words="")
        hand = make.visit(cast, outcome=Outcome.TRANSFER, words="", confirmed=Confirmed.DECLINED)
        first = services.reception_register(actor=cast.keeper, day=day, visit=meet).reception
        other = services.reception_register(actor=cast.keeper, day=day, visit=hand).reception
    assert first.opinion and other.opinion
    assert (first.opinion.state, other.opinion.state) == ("sorted", "recorded")
    assert first.appointment_on == later


def test_what_a_deputy_registers_waits_for_the_keeper(cast: Cast, day: ReceptionDay) -> None:
    with clock.at(make.morning(day)):
        done = services.reception_register(actor=cast.deputy_town, day=day, visit=make.visit(cast))
        assert done.reception.opinion and done.reception.opinion.state == "new"
        for who in ("deputy_town_2", "keeper_other", "clerk", "grid"):
            with pytest.raises(Denied):
                services.reception_register(actor=getattr(cast, who), day=day, visit=make.visit(cast))
    assert Reception.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("words", {"words": "好"}),
        ("appointment_on", {"outcome": Outcome.APPOINTMENT}),
        ("confirmed", {"resident_sign": b""}),
        ("confirmed", {"confirmed": Confirmed.VOICE}),
        ("deputy_sign", {"deputy_sign": b""}),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_kept(
    cast: Cast, day: ReceptionDay, field: str, changes: dict[str, object]
) -> None:
    with clock.at(make.morning(day)), pytest.raises(Invalid) as refusal:
        services.reception_register(actor=cast.keeper, day=day, visit=make.visit(cast, **changes))
    assert set(refusal.value.fields) == {field}
    assert not Opinion.objects.exists()


def test_only_who_sits_receives_and_only_from_the_day_on(cast: Cast, day: ReceptionDay) -> None:
    with clock.at(make.morning(day)), pytest.raises(Invalid) as refusal:
        services.reception_register(actor=cast.keeper, day=day, visit=make.visit(cast, "deputy_town_2"))
    assert set(refusal.value.fields) == {"deputy"}
    with clock.at(make.morning(day) - timedelta(days=1)), pytest.raises(Refused):
        services.reception_register(actor=cast.keeper, day=day, visit=make.visit(cast))


def test_numbers_run_and_each_is_registered_once(cast: Cast, day: ReceptionDay) -> None:
    with clock.at(make.morning(day) - timedelta(days=1)), pytest.raises(Refused):
        services.ticket_issue(actor=cast.keeper, day=day)
    with clock.at(make.morning(day)):
        first, second = (services.ticket_issue(actor=cast.keeper, day=day) for _ in range(2))
        assert (first.number, second.number) == (1, 2)
        services.ticket_call(actor=cast.deputy_town, ticket=first)
        visit = make.visit(cast, ticket=first.pk)
        services.reception_register(actor=cast.keeper, day=day, visit=visit)
        with pytest.raises(Conflict):
            services.reception_register(actor=cast.keeper, day=day, visit=visit)
        services.ticket_call(actor=cast.keeper, ticket=second, gone=True)
        with pytest.raises(Conflict):
            services.ticket_call(actor=cast.keeper, ticket=second)


def test_paper_forms_keep_their_day_and_say_offline(cast: Cast, day: ReceptionDay) -> None:
    said = Said(text="停电那天说的：桥头的护栏断了一截", received_at=make.morning(day))
    paper = make.visit(
        cast, said=said, confirmed=Confirmed.PAPER, online=False, deputy_sign=b"", resident_sign=b""
    )
    with clock.at(make.morning(day) + timedelta(days=3)):
        services.summary_submit(actor=cast.keeper, day=day, text="停电，纸上登记。")
        done = services.paper_visits(actor=cast.keeper, day=day, visits=[paper], request_id="p")
        with pytest.raises(Refused, match="纸表"):
            services.reception_register(actor=cast.keeper, day=day, visit=make.visit(cast))
    row = done[0].reception
    assert (row.online, row.on) == (False, day.on)
    assert row.opinion and clock.local_date(row.opinion.received_at) == day.on


def test_one_bad_paper_keeps_all_out(cast: Cast, day: ReceptionDay) -> None:
    good = make.visit(cast, confirmed=Confirmed.PAPER, online=False)
    bad = make.visit(cast, confirmed=Confirmed.PAPER, online=False, words="")
    with clock.at(make.morning(day) + timedelta(days=1)), pytest.raises(Invalid):
        services.paper_visits(actor=cast.keeper, day=day, visits=[good, bad])
    assert not Reception.objects.exists()


def test_the_summary_fills_itself_and_is_submitted_once(cast: Cast, day: ReceptionDay) -> None:
    with clock.at(make.morning(day)):
        services.turn_tick(actor=cast.keeper, turn=make.turn_of(day, "deputy_town"))
        services.reception_register(actor=cast.keeper, day=day, visit=make.visit(cast))
        fresh = ReceptionDay.objects.get(pk=day.pk)
        text = services.summary_draft(fresh)
        assert "1 人次" in text and "农业产业 1 件" in text and "测试deputy_town" in text
        with pytest.raises(Denied):
            services.summary_submit(actor=cast.deputy_town, day=fresh, text=text)
        services.summary_submit(actor=cast.keeper, day=fresh, text=text)
        with pytest.raises(Conflict):
            services.summary_submit(actor=cast.keeper, day=fresh, text=text)
