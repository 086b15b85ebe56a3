"""The pages of villages: the clerk's way in few presses, the board's queries, the light public page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianxin.common import clock
from lianxin.common.codes import code_from
from lianxin.villages import services
from lianxin.villages.models import DisclosureItem, DisclosureQuestion, VillageMeeting
from tests.factories import villages as make
from tests.factories.cast import TOWN, VILLAGE, Cast

ID = "612429198001011234"


@pytest.fixture(autouse=True)
def _villages(cast: Cast) -> None:
    make.profiles()


def browser(cast: Cast, who: str = "") -> Client:
    client = Client()
    if who:
        client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def press(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, typed)


def test_the_clerk_writes_the_supervisor_approves_the_clerk_publishes(cast: Cast) -> None:
    clerk, watch, row = browser(cast, "village"), browser(cast, "village_supervisor"), make.item(cast)
    acts = f"/village/items/{row.pk}/acts"
    table = f'项目,金额\n路灯电费,"1,500"\n王大爷 {ID}\t200'
    assert press(clerk, f"{acts}/submit", text="本季度收支如下。", table=table).status_code == 302
    refused = press(clerk, f"{acts}/publish")
    assert refused.status_code == 409 and "监督委员会还没有审核，不能公开" in refused.content.decode()
    assert press(watch, f"{acts}/approve").status_code == 302
    assert press(clerk, f"{acts}/publish").status_code == 302
    page = Client().get(f"/villages/items/{row.pk}").content.decode()
    assert "路灯电费" in page and "证件号已隐去" in page and ID not in page


def test_a_refusal_keeps_what_was_typed(cast: Cast) -> None:
    row = make.item(cast)
    answer = press(browser(cast, "village"), f"/village/items/{row.pk}/acts/submit", text="短", table="甲")
    assert answer.status_code == 422 and ">短</textarea>" in answer.content.decode()


def test_the_supervisor_sends_back_and_the_clerk_reads_why(cast: Cast) -> None:
    row = make.submitted(cast)
    watch = browser(cast, "village_supervisor")
    assert press(watch, f"/village/items/{row.pk}/acts/send_back", note="").status_code == 422
    assert press(watch, f"/village/items/{row.pk}/acts/send_back", note="缺两张票据").status_code == 302
    page = browser(cast, "village").get(f"/village/items/{row.pk}").content.decode()
    assert "缺两张票据" in page and "送监督委员会审核" in page


def test_a_major_matter_is_opened_and_wrong_dates_are_said(cast: Cast) -> None:
    clerk = browser(cast, "village")
    assert press(clerk, "/village/items/new", what="救灾款发放", happened_on="昨天").status_code == 422
    made = press(clerk, "/village/items/new", what="救灾款发放", happened_on=str(clock.today()))
    assert made.status_code == 302 and DisclosureItem.objects.filter(what="救灾款发放").exists()
    assert press(browser(cast, "village_supervisor"), "/village/items/new").status_code == 403


def test_the_board_photo_is_public_only_with_its_item(cast: Cast) -> None:
    row = make.published(cast)
    sent = SimpleUploadedFile("board.jpg", make.photo(), "image/jpeg")
    clerk = browser(cast, "village")
    assert press(clerk, f"/village/items/{row.pk}/acts/post_board", photo=sent).status_code == 302
    page = Client().get(f"/villages/items/{row.pk}").content.decode()
    address = re.search(r"/villages/photos/[0-9a-f-]+", page)
    assert address and Client().get(address[0])["Content-Type"] == "image/jpeg"
    bad = SimpleUploadedFile("board.jpg", b"no photo", "image/jpeg")
    assert press(clerk, f"/village/items/{row.pk}/acts/post_board", photo=bad).status_code == 422


def test_a_resident_asks_without_signing_in_and_reads_the_answer_by_code(cast: Cast) -> None:
    row, resident = make.published(cast), Client()
    assert press(resident, f"/villages/items/{row.pk}/ask", text="?").status_code == 422
    typed = {"text": "电费怎么多了？", "request_id": "one-press-sent-twice"}
    assert press(resident, f"/villages/items/{row.pk}/ask", **typed).status_code == 302
    asked = resident.post(f"/villages/items/{row.pk}/ask", typed, follow=True)
    code = re.search(r"XY-\w{4}-\w{4}", asked.content.decode())
    assert code
    question = DisclosureQuestion.objects.get()
    clerk = browser(cast, "village")
    assert press(clerk, f"/village/questions/{question.pk}", answer="短").status_code == 422
    assert press(clerk, f"/village/questions/{question.pk}", answer="补交了上季度的。").status_code == 302
    read = press(Client(), "/villages/answer", code=code[0].lower()).content.decode()
    assert "补交了上季度的。" in read
    assert press(Client(), "/villages/answer", code="XY-2222-2222").status_code == 422
    shown = Client().get(f"/villages/items/{row.pk}").content.decode()
    assert "补交了上季度的。" in shown and "电费怎么多了" not in shown


def test_the_public_page_is_light_and_hides_what_is_not_published(cast: Cast) -> None:
    make.decided(cast)
    make.published(cast, "路灯电费的说明。" * 200)
    hidden = make.submitted(cast, "还没有公开的内容")
    answer = Client().get(f"/villages/{VILLAGE}")
    page = answer.content.decode()
    assert len(answer.content) < 60_000 and "还没有公开的内容" not in page and "修通三组到河边的路" in page
    assert Client().get(f"/villages/items/{hidden.pk}").status_code == 404
    assert Client().get("/villages/610981000000").status_code == 404


def test_from_the_first_page_to_the_accounts_in_three_taps(cast: Cast) -> None:
    services.calendar_make(clock.today())
    row = DisclosureItem.objects.get(division_code=VILLAGE, kind="finance")
    services.disclosure_submit(actor=cast.village, item=row, text="收支表", table=make.TABLE)
    services.disclosure_approve(actor=cast.village_supervisor, item=row)
    services.disclosure_publish(actor=cast.village, item=row)
    resident, at = Client(), "/"
    for link in ("/villages", f"/villages?town={TOWN}", f"/villages/{VILLAGE}"):
        assert f'href="{link}"' in resident.get(at).content.decode()
        at = link
    assert "路灯电费" in resident.get(at).content.decode()


def test_what_is_late_is_said_to_residents_and_red_on_the_board(cast: Cast) -> None:
    row = make.item(cast)
    DisclosureItem.objects.filter(pk=row.pk).update(due_on=clock.today() - timedelta(days=1))
    assert "过了期限还没有公开" in Client().get(f"/villages/{VILLAGE}").content.decode()
    board = browser(cast, "presidium").get("/village/board").content.decode()
    assert "红灯 1" in board and "李家庄" in board
    one = browser(cast, "presidium").get(f"/village/board/{VILLAGE}").content.decode()
    assert row.what in one and "第三十三条" in one
    assert browser(cast, "presidium_other").get(f"/village/board/{VILLAGE}").status_code == 404


def test_the_board_asks_the_database_a_fixed_number_of_times(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    make.decided(cast)
    make.item(cast)
    office = browser(cast, "office")
    office.get("/village/board")
    with django_assert_max_num_queries(10):
        assert office.get("/village/board").status_code == 200


def test_the_matrix_of_democracy_asks_twelve_times_at_most(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    make.decided(cast)
    make.item(cast)
    for who, address in (
        ("office", "/village/democracy"),
        ("presidium", f"/village/democracy?village={VILLAGE}"),
        ("office", "/village/democracy/records?row=supervise&column=supervise"),
    ):
        person = browser(cast, who)
        person.get(address)
        with django_assert_max_num_queries(12):
            assert person.get(address).status_code == 200


def test_a_meeting_from_the_notice_to_the_result(cast: Cast) -> None:
    clerk = browser(cast, "village")
    day = str(clock.today() + timedelta(days=11))
    form = {"kind": "assembly", "title": "修路的村民会议", "place": "院坝", "day": day, "hour": "09:00"}
    assert press(clerk, "/village/meetings/new", **{**form, "day": ""}).status_code == 422
    assert press(clerk, "/village/meetings/new", **form).status_code == 302
    row = VillageMeeting.objects.get()
    acts = f"/village/meetings/{row.pk}/acts"
    topic = press(clerk, f"{acts}/add_topic", title="修三组的路", matter="public_works")
    assert topic.status_code == 302
    assert press(clerk, f"{acts}/give_notice").status_code == 302
    with clock.at(row.held_at):
        assert press(clerk, f"{acts}/open_sign_in").status_code == 302
        assert press(clerk, f"{acts}/count", present="4", households_present="0").status_code == 302
        assert "还差 17 人" in clerk.get(f"/village/meetings/{row.pk}").content.decode()
        refused = press(clerk, f"{acts}/declare_valid")
        assert refused.status_code == 409 and "只能记为座谈" in refused.content.decode()
        press(clerk, f"{acts}/count", present="30", households_present="0")
        assert press(clerk, f"{acts}/declare_valid").status_code == 302
        pk = str(row.topics.get().pk)
        vote = {"topic": pk, "in_favour": "20", "against": "5", "abstained": "5"}
        assert press(clerk, f"{acts}/vote", **{**vote, "in_favour": ""}).status_code == 422
        assert press(clerk, f"{acts}/vote", **vote).status_code == 302
        assert (
            press(clerk, f"{acts}/write_minutes", minutes="到会三十人，二十人同意修路。").status_code == 302
        )
        assert press(clerk, f"{acts}/decide").status_code == 302
        assert press(clerk, f"{acts}/carry_out", topic=pk, text="施工队进场了。").status_code == 302
        assert press(clerk, f"{acts}/show_result", topic=pk, text="路修通了，请看。").status_code == 302
    row.refresh_from_db()
    assert row.state == "shown"
    assert "路修通了，请看。" in Client().get(f"/villages/{VILLAGE}").content.decode()


def test_reserved_matters_are_refused_on_the_page(cast: Cast) -> None:
    row = make.meeting(cast, "representatives")
    clerk = browser(cast, "village")
    answer = press(clerk, f"/village/meetings/{row.pk}/acts/add_topic", title="改村规民约", matter="covenant")
    assert answer.status_code == 422 and "第二十七条" in answer.content.decode()
    strange = press(clerk, f"/village/meetings/{row.pk}/acts/add_topic", title="改村规民约", matter="x")
    assert strange.status_code == 422


def test_unknown_acts_and_other_peoples_villages_are_refused(cast: Cast) -> None:
    row, held = make.item(cast), make.meeting(cast)
    assert press(browser(cast, "village"), f"/village/items/{row.pk}/acts/lapse").status_code == 404
    assert press(browser(cast, "village"), f"/village/meetings/{held.pk}/acts/finish").status_code == 404
    assert press(browser(cast, "village_other"), f"/village/items/{row.pk}/acts/submit").status_code == 404
    assert (
        press(browser(cast, "village_supervisor"), f"/village/items/{row.pk}/acts/submit").status_code == 403
    )


def test_the_sheet_and_the_poster_are_printed_from_what_is_published(cast: Cast) -> None:
    row = make.published(cast)
    for size in ("A4", "A3"):
        answer = Client().get(f"/villages/items/{row.pk}/paper.pdf?size={size}")
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert Client().get(f"/villages/items/{make.submitted(cast).pk}/paper.pdf").status_code == 404


def test_a_clerk_begins_at_the_calendar(cast: Cast) -> None:
    assert browser(cast, "village").get("/desk")["Location"] == "/village"
    assert browser(cast, "village").get("/village").status_code == 200
    assert browser(cast, "village").get("/village?tab=done").status_code == 200
    assert browser(cast, "village").get("/village/meetings").status_code == 200


def test_a_second_question_with_the_same_hidden_id_is_told_not_lost(cast: Cast) -> None:
    row, resident = make.published(cast), Client()
    page = resident.get(f"/villages/items/{row.pk}")
    assert "no-store" in page["Cache-Control"]
    address, key = f"/villages/items/{row.pk}/ask", "id-of-a-kept-page"
    assert press(resident, address, text="电费怎么多了？", request_id=key).status_code == 302
    other = press(resident, address, text="误工补贴给了谁？", request_id=key)
    words = other.content.decode()
    assert other.status_code == 409 and "这一条还没有" in words and "误工补贴给了谁？" in words
    fresh = re.search(r'name="request_id" value="([^"]+)"', words)
    assert fresh and press(resident, address, text="误工补贴给了谁？", request_id=fresh[1]).status_code == 302
    assert DisclosureQuestion.objects.count() == 2


def test_two_browsers_with_one_id_are_two_questions(cast: Cast) -> None:
    row = make.published(cast)
    for _ in range(2):
        someone = Client()
        someone.get(f"/villages/items/{row.pk}")
        asked = press(someone, f"/villages/items/{row.pk}/ask", text="电费怎么多了？", request_id="same")
        assert asked.status_code == 302
    assert DisclosureQuestion.objects.count() == 2


def test_whoever_guesses_codes_of_questions_has_to_wait(cast: Cast) -> None:
    someone = Client()
    someone.get("/villages/asked")
    wrong = code_from(b"a code that nobody was given")
    said = [someone.post("/villages/answer", {"code": wrong}).status_code for _ in range(6)]
    assert said[0] == 422
    assert said[-1] == 429
