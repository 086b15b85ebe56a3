"""Duties: S3, S38, S39, S41, S43, S47, S48, S49, S51 (diary and visit), S90."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Count
from PIL import Image

from lianxin.common import clock
from lianxin.duties.models import DutyKind, DutyPledge, DutyRecord, SealedDuty
from lianxin.duties.selectors import counted, kinds_in_force
from lianxin.opinions.models import Channel, Opinion
from lianxin.people.models import Deputy
from lianxin.rulebook.models import Institution
from tests.acceptance.conftest import Doors

HOME6 = "610981"
DIARY = "上午在李家庄走了两户，{mark}，回去先登记，再问水利站。"
YEAR = timedelta(days=365)


def diary(doors: Doors, who: str = "deputy_town", **more: Any) -> dict[str, Any]:
    """Write a diary by the API."""
    mark = uuid4().hex
    body = {"kind": "field_diary", "on": clock.today().isoformat(), "title": "走访记", "privacy": "station"}
    return dict(doors.post("/duties", {**body, "text": DIARY.format(mark=mark), **more}, who, expect=201))


def deed(doors: Doors, who: str = "deputy_town") -> str:
    """Write a deed on the phone and return its id."""
    body = {
        "kind": "practical_deed",
        "on": clock.today().isoformat(),
        "title": f"帮三户通水 {uuid4().hex[:6]}",
    }
    values = {"people": 3, "field": "饮水"}
    return str(doors.post("/duties", {**body, "values": values}, who, expect=201)["id"])


def listed(page: Any) -> int:
    """Return how many rows a page lists."""
    return str(page.content.decode()).count("data-row")


@pytest.mark.acceptance("S38")
def test_every_duty_names_its_basis_and_opens_the_document(doors: Doors) -> None:
    items = doors.get("/duty-kinds", "deputy_town")["items"]
    assert all(one["basis"] and one["mark"] in {"K", "L", "A"} for one in items)
    page = doors.page("admin").get("/administration/duties").content.decode()
    assert all(one["basis"] in page for one in items)
    assert "/institutions/deputy-duty-code" in page
    code = doors.page().get("/institutions/deputy-duty-code").content.decode()
    assert "民情日记" in code and Institution.objects.filter(slug="deputy-duty-code").exists()
    assert doors.page().get("/institutions/deputy-duty-kode").status_code == 404


@pytest.mark.acceptance("S39")
def test_a_private_diary_is_its_authors_only_and_a_shared_one_is_read(doors: Doors) -> None:
    mark = f"私下的话{uuid4().hex}"
    mine = diary(doors, privacy="self", text=f"{mark}，只写给自己看。", title="夜里")
    open_one = diary(doors)
    assert mark in doors.get(f"/duties/{mine['id']}", "deputy_town")["text"]
    for who in ("admin", "office", "presidium", "keeper", "group_leader", "auditor"):
        assert doors.page(who).get(f"/deputy/duties/{mine['id']}").status_code in {403, 404}
        assert doors.page(who).get(f"/office/duties/records/{mine['id']}").status_code in {403, 404}
        found = doors.get("/duties", who)["items"]
        assert mine["id"] not in {one["id"] for one in found}
    assert doors.page("presidium").get(f"/office/duties/records/{open_one['id']}").status_code == 200
    row = DutyRecord.objects.get(pk=mine["id"])
    assert (row.title, row.text, row.values) == ("", "", {})
    assert mark not in SealedDuty.objects.get(record=row).words


@pytest.mark.acceptance("S41")
def test_a_pledge_is_public_an_overdue_one_says_so_beside_its_explanation(doors: Doors) -> None:
    item = f"推动第{uuid4().hex[:6]}号通组路硬化"
    pledge = doors.post("/pledges", {"item": item, "due_on": clock.today().isoformat()}, "deputy_town", 201)
    public = f"/deputies/{pledge['deputy']}/pledges"
    assert item not in doors.page().get(public).content.decode()
    doors.act("pledges", pledge["id"], "publish", "deputy_town")
    doors.act("pledges", pledge["id"], "explain", "deputy_town", 409, text="还没有到日子就想说明")
    with clock.at(clock.now() + timedelta(days=1)):
        page = doors.page().get(public).content.decode()
        assert item in page and "未兑现" in page and "代表还没有说明" in page
    DutyPledge.objects.filter(pk=pledge["id"]).update(due_on=clock.today() - timedelta(days=1))
    doors.act("pledges", pledge["id"], "explain", "deputy_town", text="连下大雨，水泥进不来")
    assert "连下大雨" in doors.page().get(public).content.decode()
    doors.act("pledges", pledge["id"], "give_proof", "deputy_town", text="雨停后三天完工，村上有证明")
    doors.act("pledges", pledge["id"], "fulfil", "deputy_town", 403)
    doors.act("pledges", pledge["id"], "fulfil", "presidium")
    assert DutyRecord.objects.filter(source_id=pledge["id"], kind__slug="duty_pledge").count() == 1


@pytest.mark.acceptance("S41")
def test_the_city_made_two_pledges_a_deputy_and_shows_the_overdue(doors: Doors) -> None:
    told = DutyPledge.objects.filter(half_year_on__isnull=False)
    assert told.count() == 2 * Deputy.objects.count()
    late = DutyPledge.objects.filter(state="open", due_on__lt=clock.today()).first()
    assert late is not None
    page = doors.page().get(f"/deputies/{late.deputy_id}/pledges").content.decode()
    assert "未兑现" in page and late.item in page


@pytest.mark.acceptance("S43")
def test_a_visit_of_a_quarter_counts_up_to_the_plan_of_the_rule(doors: Doors) -> None:
    body = {
        "kind": "household_visit",
        "on": clock.today().isoformat(),
        "title": "走访 1 户",
        "values": {"way": "入户"},
    }
    one = doors.post("/duties", body, "deputy_town", expect=201)
    assert doors.get(f"/duties/{one['id']}", "deputy_town")["counted"] is True
    doors.post("/duties", {**body, "values": {"way": "飞鸽"}}, "deputy_town", expect=422)
    kind = DutyKind.objects.get(slug="household_visit", version=1)
    assert kind.cycle == "quarter" and kind.counting["target_parameter"] == "duty.household_visit_target"


@pytest.mark.acceptance("S47")
def test_a_new_duty_is_registered_on_a_page_and_used_on_the_phone(doors: Doors) -> None:
    assert kinds_in_force(HOME6).count() >= 12
    name = f"代表夜访{uuid4().hex[:4]}"
    typed = {
        "name": name, "basis": "本地约定", "mark": "A", "cycle": "month", "target": "1", "cap": "1", "points": "1",
        "self_entered": "on", "label_0": "地点", "type_0": "text", "required_0": "on",
    }  # fmt: skip
    assert doors.page("office").post("/administration/duties/new", typed).status_code == 403
    assert doors.page("admin").post("/administration/duties/new", typed).status_code == 302
    phone = doors.page("deputy_town")
    assert name in phone.get("/deputy/note").content.decode()
    slug = DutyKind.objects.get(name=name).slug
    sent = {"title": "夜访三组", "on": clock.today().isoformat(), "privacy": "station"}
    assert phone.post(f"/deputy/note/{slug}", sent).status_code == 422
    assert phone.post(f"/deputy/note/{slug}", {**sent, "v_f1": "三组院坝"}).status_code == 302
    assert DutyRecord.objects.get(kind__slug=slug).values == {"f1": "三组院坝"}


@pytest.mark.acceptance("S48")
def test_only_a_verified_deed_is_counted(doors: Doors) -> None:
    pk = deed(doors)
    row = DutyRecord.objects.get(pk=pk)
    before = sum(
        one.counted for one in counted(row.deputy_id, row.on.year) if one.record.kind_id == row.kind_id
    )
    doors.act("duties", pk, "hear_beneficiary", "presidium", done=True, way="phone")
    doors.act("duties", pk, "confirm", "presidium", 409)
    phone = doors.page("deputy_town")
    phone.post(f"/deputy/duties/{pk}/proof", {"photos": _photo()})
    assert doors.get(f"/duties/{pk}", "deputy_town")["counted"] is False
    doors.act("duties", pk, "confirm", "deputy_town", 403)
    doors.act("duties", pk, "confirm", "presidium")
    assert doors.get(f"/duties/{pk}", "deputy_town")["counted"] is (before < row.kind.counting["cap"])


@pytest.mark.acceptance("S48")
def test_the_citys_unverified_deeds_are_not_in_anybodys_count(doors: Doors) -> None:
    waiting = DutyRecord.objects.filter(kind__slug="practical_deed", state="recorded", source_room="demo")
    assert waiting.exists()
    for row in waiting.select_related("kind")[:20]:
        verdict = next(one for one in counted(row.deputy_id, row.on.year) if one.record.pk == row.pk)
        assert not verdict.counted


@pytest.mark.acceptance("S49")
def test_a_copied_diary_is_flagged_and_a_person_decides(doors: Doors) -> None:
    mark = "村西头那口老井的井圈裂了一道口子，打水的人家都绕着走，先用木板围上了"
    text = f"{mark}，{uuid4().hex}，等天晴请人来补。"
    first = diary(doors, text=text)
    copy = diary(doors, "group_leader", text=text + "特记。")
    assert (first["copy_state"] in {"", "suspected"}, copy["copy_state"]) == (True, "suspected")
    assert doors.get(f"/duties/{copy['id']}", "group_leader")["counted"] is True
    doors.act("duties", copy["id"], "judge_copy", "group_leader", 409, is_copy=False, reason="自己说不是")
    doors.act("duties", copy["id"], "judge_copy", "presidium", is_copy=True, reason="与同组的一篇一样")
    assert doors.get(f"/duties/{copy['id']}", "group_leader")["counted"] is False


@pytest.mark.acceptance("S49")
def test_the_citys_year_of_diaries_has_its_shape(doors: Doors) -> None:
    since = clock.today() - YEAR
    told = DutyRecord.objects.filter(
        kind__slug="field_diary", on__gte=since, received_at__lt=clock.day_start(clock.today())
    )
    per_deputy = Counter(dict(told.values_list("deputy").annotate(n=Count("id"))))
    people = Deputy.objects.count()
    assert told.count() == round(9800 * people / 1086)
    assert 8 <= median(per_deputy.values()) <= 10
    assert 0.14 <= sum(n >= 12 for n in per_deputy.values()) / people <= 0.22
    planted = told.filter(similarity__isnull=False)
    assert planted.count() == 4
    assert DutyRecord.objects.filter(kind__slug="field_diary", privacy="self").exclude(text="").count() == 0


@pytest.mark.acceptance("S51")
def test_diary_and_visit_are_ways_by_which_a_matter_comes_in(doors: Doors) -> None:
    told = Counter(Opinion.objects.values_list("channel", flat=True))
    assert len(told) >= 8 and told[Channel.VISIT] > 0 and told[Channel.DIARY] > 0
    page = doors.page("deputy_town").get("/deputy/note").content.decode()
    assert (
        "/deputy/note/field_diary" in page
        and "/deputy/note/household_visit" in page
        and "/station/new" in page
    )
    assert doors.page("keeper").get("/deputy/note").status_code == 403


@pytest.mark.acceptance("S90")
def test_the_share_online_is_the_count_of_its_records_by_town(doors: Doors) -> None:
    year = clock.today().year
    live = DutyRecord.objects.filter(on__year=year, state__in=["recorded", "confirmed"])
    town = "610981113000"
    training = live.filter(kind__slug="training", deputy__division_code__startswith=town[:9])
    page = doors.page("office").get("/office/duties/online").content.decode()
    online, whole = training.filter(online=True).count(), training.count()
    assert f"{online}/{whole}" in page
    later = doors.page("office").get(f"/office/duties/later?place={town}&kind=training&year={year}")
    assert listed(later) == min(whole - online, 50)
    assert doors.page("keeper").get("/office/duties/online").status_code == 403


@pytest.mark.acceptance("S3")
def test_each_indicator_is_the_length_of_its_list(doors: Doors) -> None:
    client = doors.page("office")
    page = client.get("/office/effect").content.decode()
    found = re.findall(r'href="(/office/effect/[^"]+)">[^<\d]*(\d+)</a>', page)
    assert len(found) == 10
    for link, figure in found:
        assert _whole_list(client, link.replace("&amp;", "&")) == int(figure)
    assert doors.page("keeper").get("/office/effect").status_code == 403


def _whole_list(client: Any, link: str) -> int:
    """Return how many rows all pages of a list have together."""
    total, number = 0, 0
    while True:
        page = client.get(f"{link}&page={number}")
        total += listed(page)
        if f"page={number + 1}" not in page.content.decode():
            return total
        number += 1


def _photo() -> io.BytesIO:
    """Return a picture to upload."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(out, "JPEG")
    out.seek(0)
    out.name = "a.jpg"
    return out
