"""What telephones bring home: once, each by itself, by the very services, with the day put right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.campaigns.models import Inspection
from lianxin.common import clock
from lianxin.contacts.models import ContactVisit, Household, Pairing
from lianxin.duties.models import DutyRecord
from lianxin.opinions.models import Channel, Opinion
from lianxin.people.models import Seat
from tests.factories import campaigns as guidance
from tests.factories import villages as ground
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast
from tests.factories.contacts import paired
from tests.factories.field import diary, record, result, send, visit
from tests.web.pages import entered

pytestmark = pytest.mark.django_db


def test_a_diary_comes_home_once_however_often_it_is_sent(cast: Cast) -> None:
    phone, one = entered(cast, "deputy_town"), diary()
    first, again = result(phone, one), result(phone, one)
    assert first["state"] == again["state"] == "done" and first["row"] == again["row"]
    row = DutyRecord.objects.get()
    assert row.deputy == cast.deputy_row("deputy_town") and row.text == one["data"]["text"]
    assert row.told_at is not None and row.received_at >= row.told_at


def test_one_bad_record_hinders_no_other(cast: Cast) -> None:
    phone = entered(cast, "deputy_town")
    answer = send(phone, diary("短"), {"id": "no"}, diary())
    assert [one["state"] for one in answer.json()["results"]] == ["refused", "refused", "done"]
    assert DutyRecord.objects.count() == 1


def test_a_visit_brings_its_opinion_and_its_diary_all_or_none(cast: Cast) -> None:
    phone, pairing = entered(cast, "deputy_town"), paired(cast)
    heard = [
        {"text": "村口的路灯坏了两盏，晚上看不见路。", "opinion": True},
        {"text": "想学养蜂", "opinion": False},
    ]
    notes = {"title": "走访一户", "text": "老人身体还好，吃水要到沟里挑。", "privacy": "self"}
    one = visit(pairing, matters=heard, diary=notes)
    assert result(phone, one)["state"] == "done" and result(phone, one)["state"] == "done"
    kept = ContactVisit.objects.get()
    assert kept.matters.count() == 2 and kept.told_at is not None
    opinion = Opinion.objects.get()
    assert list(kept.matters.exclude(opinion_id=None).values_list("opinion_id", flat=True)) == [opinion.pk]
    assert opinion.channel == Channel.VISIT and opinion.division_code == pairing.division_code
    assert DutyRecord.objects.get(kind__slug="field_diary").privacy == "self"


def test_a_visit_whose_opinion_is_refused_leaves_nothing_behind(cast: Cast) -> None:
    phone, pairing = entered(cast, "deputy_town"), paired(cast)
    said = result(phone, visit(pairing, matters=[{"text": "坏", "opinion": True}]))
    assert said["state"] == "refused"
    assert not ContactVisit.objects.exists() and not Opinion.objects.exists()


def test_a_visit_needs_ten_signs_and_ones_own_household(cast: Cast) -> None:
    mine, foreign = paired(cast), paired(cast, "deputy_other")
    phone = entered(cast, "deputy_town")
    assert result(phone, visit(mine, text="去了"))["state"] == "refused"
    assert result(phone, visit(foreign))["state"] == "refused"
    assert not ContactVisit.objects.exists()


def test_what_was_heard_goes_to_the_station_of_the_deputy_and_to_no_other(cast: Cast) -> None:
    phone = entered(cast, "deputy_town")
    said = record("opinion", text="三组到小学的路没有路灯，学生放学看不见。", station="113")
    assert result(phone, said)["state"] == "done"
    assert Opinion.objects.get().station.code == "113"
    elsewhere = record("opinion", text="蜀河的渡口没有护栏，老人过河害怕。", station="103")
    assert result(phone, elsewhere)["state"] == "refused"


def test_a_deed_waits_for_its_photo_and_its_beneficiary(cast: Cast) -> None:
    phone = entered(cast, "deputy_town")
    done = record("deed", title="修好三组水管", text="", people=12, field="饮水")
    assert result(phone, done)["state"] == "done"
    assert DutyRecord.objects.get().kind.slug == "practical_deed"
    assert result(phone, record("deed", title="修好三组水管", people=-1, field="饮水"))["state"] == "refused"


def test_a_household_that_moved_or_was_given_to_another_keeps_the_record_with_a_mark(cast: Cast) -> None:
    phone, pairing = entered(cast, "deputy_town"), paired(cast)
    yesterday = clock.today() - timedelta(days=1)
    Pairing.objects.filter(pk=pairing.pk).update(state="ended", valid_to=yesterday)
    before = {**visit(pairing), "on": yesterday.isoformat()}
    told = result(phone, before)
    assert told["state"] == "done" and "原结对户" in told["message"]
    assert ContactVisit.objects.get().on == yesterday
    after = result(phone, visit(pairing, text="今天又去看了看，房子已经空了。"))
    assert after["state"] == "done" and "原结对户" in after["message"]
    kept = DutyRecord.objects.get(kind__slug="field_diary")
    assert kept.is_private and kept.text == "" and ContactVisit.objects.count() == 1


def test_a_household_that_has_moved_away_is_marked_too(cast: Cast) -> None:
    phone, pairing = entered(cast, "deputy_town"), paired(cast)
    Household.objects.filter(pk=pairing.household_id).update(moved_on=clock.today() - timedelta(days=3))
    assert "原结对户" in result(phone, visit(pairing))["message"]
    assert DutyRecord.objects.get(kind__slug="field_diary").is_private


def test_a_wrong_clock_moves_no_day_and_is_kept_as_told(cast: Cast) -> None:
    phone, one = entered(cast, "deputy_town"), diary()
    ahead = clock.now() + timedelta(days=3)
    one |= {"device_time": ahead.isoformat(), "on": clock.local_date(ahead).isoformat()}
    told = result(phone, one, sent_at=ahead.isoformat())
    assert told["state"] == "done" and "手机时间不准" in told["message"]
    row = DutyRecord.objects.get()
    assert row.on == clock.today() and row.told_at == ahead


def test_a_right_clock_takes_no_day_of_tomorrow(cast: Cast) -> None:
    phone, tomorrow = entered(cast, "deputy_town"), clock.today() + timedelta(days=1)
    assert result(phone, {**diary(), "on": tomorrow.isoformat()})["state"] == "refused"


def test_only_a_deputy_in_office_brings_anything_home(cast: Cast) -> None:
    assert send(entered(cast, "keeper"), diary()).status_code == 403
    phone = entered(cast, "deputy_town")
    deputy = cast.deputy_row("deputy_town")
    Seat.objects.filter(deputy=deputy).update(valid_to=clock.today() - timedelta(days=1))
    assert send(phone, diary()).status_code == 403
    assert not DutyRecord.objects.exists()


def test_a_stranger_gets_a_refusal_that_a_script_understands(cast: Cast, client) -> None:  # type: ignore[no-untyped-def] # pytest-django
    answer = send(client, diary())
    assert answer.status_code == 401 and answer.json()["code"] == "not_signed_in"


def test_a_batch_has_an_end(cast: Cast) -> None:
    assert send(entered(cast, "deputy_town"), *[diary() for _ in range(21)]).status_code == 422


def test_a_villages_sheet_comes_home_once_and_only_from_its_own_deputy(cast: Cast) -> None:
    ground.profiles(deputy=cast.deputy_row("deputy_town"))
    phone = entered(cast, "deputy_town")
    problems = {guidance.BAD: "账目只有总数，看不出花在哪里。"}
    one = record("village_inspection", village=VILLAGE, answers=guidance.answers(), problems=problems)
    first, again = result(phone, one), result(phone, one)
    assert first["state"] == again["state"] == "done" and first["row"] == again["row"]
    assert Inspection.objects.get().findings.get().words == problems[guidance.BAD]
    elsewhere = record("village_inspection", village=OTHER_VILLAGE, answers=guidance.answers(""), problems={})
    assert result(phone, elsewhere)["state"] == "refused"
    assert result(entered(cast, "deputy_town_2"), elsewhere)["state"] == "refused"


def test_a_sheet_with_gaps_stays_on_the_telephone(cast: Cast) -> None:
    ground.profiles(deputy=cast.deputy_row("deputy_town"))
    said = result(
        entered(cast, "deputy_town"), record("village_inspection", village=VILLAGE, answers={"board": False})
    )
    assert said["state"] == "refused" and "board" in said["fields"] and not Inspection.objects.exists()
