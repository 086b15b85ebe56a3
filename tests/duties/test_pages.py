"""The pages of duties: write down, see, verify, enter later; a number of queries that does not grow."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from lianxin.common import clock
from lianxin.duties import services
from lianxin.duties.models import Beneficiary, DutyKind, DutyPledge, DutyRecord
from tests.factories import duties as make
from tests.factories.cast import VILLAGE, Cast
from tests.web.pages import entered, rows, words

pytestmark = pytest.mark.django_db


def photo() -> io.BytesIO:
    """Return a picture to upload."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(out, "JPEG")
    out.seek(0)
    out.name = "a.jpg"
    return out


def form(**changes: object) -> dict[str, object]:
    """Return a complete form of 民情日记."""
    day = clock.today().isoformat()
    typed = {
        "title": "三组走访记",
        "text": make.DIARY,
        "on": day,
        "division_code": VILLAGE,
        "privacy": "self",
    }
    return {**typed, **changes}


def test_a_diary_is_written_on_the_phone_and_read_by_its_author(cast: Cast) -> None:
    client = entered(cast, "deputy_town")
    assert "民情日记" in words(client.get("/deputy/note"))
    answer = client.post("/deputy/note/field_diary", form(photos=[photo(), photo()]), follow=True)
    assert answer.status_code == 200
    assert make.DIARY in words(answer)
    row = DutyRecord.objects.get()
    assert row.is_private
    assert row.text == ""
    assert "三组走访记" in words(client.get("/deputy/diary"))
    file = row.proofs.get().file_id
    assert client.get(f"/deputy/duties/{row.pk}/files/{file}")["Content-Type"] == "image/jpeg"
    for who in ("group_leader", "deputy_city", "deputy_other"):
        assert entered(cast, who).get(f"/deputy/duties/{row.pk}").status_code == 404
        assert entered(cast, who).get(f"/deputy/duties/{row.pk}/files/{file}").status_code == 404


def test_a_form_that_lacks_something_keeps_what_was_typed(cast: Cast) -> None:
    client = entered(cast, "deputy_town")
    answer = client.post("/deputy/note/practical_deed", form(privacy="station", text="水通了", title="通水"))
    assert answer.status_code == 422
    assert "请填「受益人数」。" in words(answer)
    assert 'value="通水"' in answer.content.decode()
    assert not DutyRecord.objects.exists()


def test_a_record_is_corrected_drafted_and_withdrawn_on_its_page(cast: Cast) -> None:
    client = entered(cast, "deputy_town")
    client.post("/deputy/note/field_diary", form(draft="1"))
    row = DutyRecord.objects.get()
    assert row.state == "draft"
    client.post(f"/deputy/duties/{row.pk}/edit", form(title="改过的题目", privacy="group"))
    client.post(f"/deputy/duties/{row.pk}/acts/record")
    row.refresh_from_db()
    assert (row.state, row.title, row.privacy) == ("recorded", "改过的题目", "group")
    assert entered(cast, "group_leader").get(f"/deputy/duties/{row.pk}").status_code == 200
    client.post(f"/deputy/duties/{row.pk}/acts/withdraw")
    assert "已撤回" in words(client.get("/deputy/duties"))


def test_a_deed_goes_from_the_phone_by_the_beneficiary_to_the_presidium(cast: Cast) -> None:
    client = entered(cast, "deputy_town")
    typed = form(privacy="station", v_people="3", v_field="饮水", photos=[photo()], title="帮三户通水")
    client.post("/deputy/note/practical_deed", typed)
    row = DutyRecord.objects.get()
    shown = client.post(f"/deputy/duties/{row.pk}/code")
    link = re.search(r"/deeds/([-\w]+)", shown.content.decode())
    assert link
    public = Client()
    assert "帮三户通水" in words(public.get(f"/deeds/{link[1]}"))
    assert public.post(f"/deeds/{link[1]}", {}).status_code == 422
    assert "谢谢" in words(public.post(f"/deeds/{link[1]}", {"done": "yes"}))
    assert "谢谢" in words(public.post(f"/deeds/{link[1]}", {"done": "no"}))
    assert Beneficiary.objects.get().said == "yes"
    desk = entered(cast, "presidium")
    assert "帮三户通水" in words(desk.get("/office/duties/verify"))
    assert desk.post(f"/office/duties/records/{row.pk}/acts/confirm").status_code == 302
    assert rows(client.get("/deputy/deeds")) == 1
    assert "已核实 1 件" in words(client.get("/deputy/deeds"))
    assert public.get(f"/deeds/{link[1]}").status_code == 404


def test_an_organiser_enters_later_and_the_table_of_shares_says_so(cast: Cast) -> None:
    deputy = cast.deputy_row("deputy_town")
    make.diary(cast)
    desk = entered(cast, "keeper")
    assert deputy.name in words(desk.get("/office/duties/enter"))
    typed = form(privacy="station", v_organiser="市人大", title="参加培训")
    assert desk.post(f"/office/duties/enter/{deputy.pk}/training", typed).status_code == 302
    away = cast.deputy_row("deputy_other").pk
    assert desk.get(f"/office/duties/enter/{away}/training").status_code == 403
    page = words(entered(cast, "office").get("/office/duties/online"))
    assert "1 条，共 2 条" in page
    later = entered(cast, "office").get("/office/duties/later?place=610981113000&kind=training")
    assert rows(later) == 1
    assert rows(entered(cast, "office").get("/office/duties/later?place=610981103000&kind=training")) == 0


def test_gaps_are_shown_to_those_who_answer_and_to_nobody_else(cast: Cast) -> None:
    make.diary(cast, privacy="self")
    make.diary(cast, text="另一天去看了水源地，围栏破了两处，已请村里先补上。")
    deputy = cast.deputy_row("deputy_town")
    for who in ("group_leader", "presidium", "office"):
        client = entered(cast, who)
        assert deputy.name in words(client.get("/office/duties"))
        page = client.get(f"/office/duties/deputies/{deputy.pk}")
        assert "另有 1 条" in words(page)
        assert rows(page) == 1
    assert entered(cast, "deputy_town").get("/office/duties").status_code == 403
    assert entered(cast, "presidium_other").get(f"/office/duties/deputies/{deputy.pk}").status_code == 403
    assert entered(cast, "admin").get("/office/duties").status_code == 403


def test_pledges_from_the_phone_to_the_public_page(cast: Cast) -> None:
    client = entered(cast, "deputy_town")
    item = "推动三组通组路硬化"
    client.post("/deputy/pledges", {"item": item, "due_on": clock.today().isoformat()})
    row = DutyPledge.objects.get()
    address = f"/deputies/{row.deputy_id}/pledges"
    assert item not in words(Client().get(address))
    client.post(f"/deputy/pledges/{row.pk}/acts/publish", {"assignment": row.pk})
    assert item in words(Client().get(address))
    refused = client.post(f"/deputy/pledges/{row.pk}/acts/give_proof", {"assignment": row.pk, "text": "好"})
    assert refused.status_code == 422
    client.post(f"/deputy/pledges/{row.pk}/acts/give_proof", {"assignment": row.pk, "text": "路已经通车了"})
    desk = entered(cast, "presidium")
    assert rows(desk.get("/office/duties/pledges?tab=proof")) == 1
    desk.post(f"/office/duties/pledges/{row.pk}/acts/fulfil", {"assignment": row.pk})
    assert "已兑现" in words(Client().get(address))


def test_a_new_kind_is_added_on_a_page_and_used_on_the_phone(cast: Cast) -> None:
    admin = entered(cast, "admin")
    typed = {
        "name": "代表夜访",
        "basis": "本地约定",
        "mark": "A",
        "cycle": "month",
        "target": "1",
        "cap": "2",
        "points": "1",
        "self_entered": "on",
        "label_0": "地点",
        "type_0": "text",
        "required_0": "on",
        "label_1": "方式",
        "type_1": "choice",
        "choices_1": "院坝会、入户",
    }
    assert admin.post("/administration/duties/new", {**typed, "target": "很多"}).status_code == 422
    assert admin.post("/administration/duties/new", typed).status_code == 302
    kind = DutyKind.objects.get(name="代表夜访")
    phone = entered(cast, "deputy_town")
    assert "代表夜访" in words(phone.get("/deputy/note"))
    sent = form(privacy="station", v_f1="三组院坝", v_f2="院坝会")
    assert phone.post(f"/deputy/note/{kind.slug}", sent).status_code == 302
    assert DutyRecord.objects.get().values == {"f1": "三组院坝", "f2": "院坝会"}
    assert admin.post(f"/administration/duties/{kind.slug}", {**typed, "cap": "5"}).status_code == 302
    assert DutyKind.objects.filter(slug=kind.slug).count() == 2
    assert entered(cast, "office").get("/administration/duties").status_code == 200
    assert entered(cast, "office").get("/administration/duties/new").status_code == 403
    assert entered(cast, "office").post(f"/administration/duties/{kind.slug}", typed).status_code == 403


@pytest.mark.parametrize(
    ("who", "address", "most"),
    [
        ("deputy_town", "/deputy/duties", 14),
        ("deputy_town", "/deputy/diary", 14),
        ("office", "/office/duties", 20),
        ("office", "/office/duties/online", 12),
        ("presidium", "/office/duties/verify", 14),
    ],
)
def test_a_list_asks_as_often_for_one_as_for_many(cast: Cast, who: str, address: str, most: int) -> None:
    client = entered(cast, who)
    make.diary(cast)
    client.get(address)
    few = _queries(client, address)
    for number in range(8):
        make.diary(cast, "deputy_town_2", text=f"{make.DIARY}第{number}次", privacy="station")
        make.deed(cast, "deputy_city")
        make.diary(cast, privacy="self", text="只给自己看的一句话，写在这里好了。")
    services.duties_register(
        actor=cast.office,
        rows=[
            services.NewDuty(
                cast.deputy_row("deputy_other").pk, "training", clock.today(), "610981", "610981103001"
            )
        ],
    )
    assert _queries(client, address) <= few + 1, "one query more at most: rows where there were none"
    assert few <= most


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
