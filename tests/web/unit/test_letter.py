"""答复函 and 签发 on the page: the check-up advises, the head's password signs."""

from __future__ import annotations

from typing import Any

from lianxin.handling.models import Assignment, Reply
from tests.factories.cast import Cast
from tests.factories.suggestions import assigned, part_of, replied, reply, unit_act
from tests.web.pages import entered, words


def handled(cast: Cast, contact: bool = True) -> Assignment:
    row = assigned(cast)
    unit_act(cast, row, "clerk", "accept", officer="孙经办", leader="周局长")
    unit_act(cast, row, "clerk", "start", plan="先到现场看，再会同供电公司提出方案")
    if contact:
        unit_act(
            cast, row, "clerk", "record_contact", held_on=row.submitted_on, form="visit",
            persons="孙经办、测试代表", deputy_view="同意先装主路，再装支路",
        )  # fmt: skip
    return part_of(row)


def write(cast: Cast, part: Assignment, **changes: Any) -> Any:
    return entered(cast, "clerk").post(f"/unit/matters/{part.id}/reply", {**reply(), **changes})


def test_the_check_up_names_empty_words_and_saves_nothing(cast: Cast) -> None:
    part = handled(cast)
    answer = write(cast, part, check="1", answers=["我局高度重视，正在研究。", ""])
    page = words(answer)
    assert "「正在研究」" in page
    assert "第 2 条诉求还没有答复" in page
    assert "我局高度重视，正在研究。" in page
    assert not Reply.objects.exists()


def test_a_class_c_without_a_reason_is_said(cast: Cast) -> None:
    part = handled(cast)
    page = words(write(cast, part, check="1", reply_class="C"))
    assert "要写明理由和依据" in page


def test_the_head_signs_with_his_password(cast: Cast) -> None:
    part = handled(cast)
    write(cast, part)
    client = entered(cast, "head")
    assert "已于十月二十日前装好路灯十二盏" in words(client.get(f"/unit/matters/{part.id}/sign"))
    assert (
        client.post(f"/unit/matters/{part.id}/sign", {"password": "wrong", "version": "1"}).status_code == 422
    )
    part.refresh_from_db()
    assert part.state == "reply_drafted"
    assert (
        client.post(f"/unit/matters/{part.id}/sign", {"password": cast.password, "version": "1"}).status_code
        == 302
    )
    part.refresh_from_db()
    assert part.state == "replied"


def test_a_page_that_shows_an_older_draft_signs_nothing(cast: Cast) -> None:
    part = handled(cast)
    write(cast, part)
    head, url = entered(cast, "head"), f"/unit/matters/{part.id}/sign"
    seen = head.get(url).content.decode()
    assert '<input type="hidden" name="version" value="1">' in seen
    assert head.post(url, {"send_back": "1", "note": "第二条写清由谁管护"}).status_code == 302
    write(cast, part)
    answer = head.post(url, {"password": cast.password, "version": "1"})
    assert answer.status_code == 409 and "请看过再签发" in words(answer)
    assert '<input type="hidden" name="version" value="2">' in answer.content.decode()
    part.refresh_from_db()
    assert part.state == "reply_drafted"
    assert head.post(url, {"password": cast.password, "version": "2"}).status_code == 302


def test_a_clerk_cannot_sign(cast: Cast) -> None:
    part = handled(cast)
    write(cast, part)
    client = entered(cast, "clerk")
    assert (
        client.post(f"/unit/matters/{part.id}/sign", {"password": cast.password, "version": "1"}).status_code
        == 403
    )


def test_without_contact_there_is_no_signature(cast: Cast) -> None:
    part = handled(cast, contact=False)
    write(cast, part)
    client = entered(cast, "head")
    assert "与代表沟通" in words(client.get(f"/unit/matters/{part.id}/sign"))
    assert (
        client.post(f"/unit/matters/{part.id}/sign", {"password": cast.password, "version": "1"}).status_code
        == 409
    )
    part.refresh_from_db()
    assert part.state == "reply_drafted"


def test_sent_back_remarks_reach_the_clerk(cast: Cast) -> None:
    part = handled(cast)
    write(cast, part)
    form = {"send_back": "1", "note": "第二条写清由谁管护"}
    assert entered(cast, "head").post(f"/unit/matters/{part.id}/sign", form).status_code == 302
    assert "第二条写清由谁管护" in words(entered(cast, "clerk").get(f"/unit/matters/{part.id}/reply"))


def test_a_correction_keeps_the_old_letter(cast: Cast) -> None:
    part = part_of(replied(cast))
    form = {"note": "第一条盏数写错", "answers": ["已装好路灯十三盏，周局长验收。", "由镇政府管护。"]}
    client, url = entered(cast, "head"), f"/unit/matters/{part.id}/acts/correct_reply"
    assert client.post(url, form).status_code == 422
    assert client.post(url, {**form, "password": cast.password}).status_code == 302
    assert list(Reply.objects.order_by("version").values_list("state", flat=True)) == ["superseded", "signed"]


def test_the_unit_sees_no_resident(cast: Cast) -> None:
    part = handled(cast)
    page = words(entered(cast, "clerk").get(f"/unit/matters/{part.id}"))
    assert "这里不显示是谁反映的" in page
