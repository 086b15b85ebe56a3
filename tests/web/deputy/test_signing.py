"""联名 and 提交: who is found, what an answer means, the password before the name."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.web.checks import SELF_TICKS
from tests.factories.cast import Cast
from tests.factories.suggestions import assigned, draft, drafted
from tests.web.pages import entered, words

TICKS = [str(place) for place in range(1, len(SELF_TICKS) + 1)]


def invited(cast: Cast) -> Suggestion:
    row = drafted(cast)
    who = cast.deputy_row("deputy_city_2").pk
    return services.cosigners_invite(actor=cast.deputy_city, suggestion=row, deputies=[who])


def submit(cast: Cast, row: Suggestion, **changes: Any) -> Any:
    form = {"tick": TICKS, "password": cast.password, **changes}
    return entered(cast, "deputy_city").post(f"/deputy/suggestions/{row.id}/submit", form)


def test_the_right_password_submits(cast: Cast) -> None:
    row = drafted(cast)
    assert submit(cast, row).status_code == 302
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_wrong_password_submits_nothing(cast: Cast) -> None:
    row = drafted(cast)
    answer = submit(cast, row, password="not-my-password")
    assert answer.status_code == 422
    assert "请输入您登录用的密码" in words(answer)
    row.refresh_from_db()
    assert row.state == "draft"


def test_an_unticked_line_submits_nothing(cast: Cast) -> None:
    row = drafted(cast)
    answer = submit(cast, row, tick=TICKS[1:])
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == len(TICKS) - 1
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_silent_cosigner_holds_and_his_removal_lets_go(cast: Cast) -> None:
    row = invited(cast)
    answer = submit(cast, row)
    assert answer.status_code == 409
    assert "还有 1 位代表没有确认联名" in words(answer)
    client = entered(cast, "deputy_city")
    gone = {"act": "remove_cosigner", "deputy": str(cast.deputy_row("deputy_city_2").pk)}
    assert client.post(f"/deputy/suggestions/{row.id}/invite", gone).status_code == 302
    assert submit(cast, row).status_code == 302


def test_only_the_same_level_is_found(cast: Cast) -> None:
    row = drafted(cast)
    page = words(entered(cast, "deputy_city").get(f"/deputy/suggestions/{row.id}/invite"))
    assert "测试deputy_city_2" in page
    assert "测试deputy_town" not in page


def test_a_name_finds_one(cast: Cast) -> None:
    row = drafted(cast)
    page = words(entered(cast, "deputy_city").get(f"/deputy/suggestions/{row.id}/invite?q=city_3"))
    assert "测试deputy_city_3" in page
    assert "测试deputy_city_2" not in page


@pytest.mark.parametrize(
    ("answer", "said", "state"),
    [
        ("agree", "", "confirmed"),
        ("change", "请把第二条写得再具体些", "declined"),
        ("decline", "", "declined"),
    ],
)
def test_three_answers(cast: Cast, answer: str, said: str, state: str) -> None:
    row = invited(cast)
    form = {"answer": answer, "words": said, "seen_hash": row.text_hash}
    assert (
        entered(cast, "deputy_city_2").post(f"/deputy/suggestions/{row.id}/cosign", form).status_code == 302
    )
    assert row.cosignatures.get().state == state
    assert row.cosignatures.get().words == said


def test_asking_for_a_change_without_words_is_refused(cast: Cast) -> None:
    row = invited(cast)
    form = {"answer": "change", "words": "改", "seen_hash": row.text_hash}
    answer = entered(cast, "deputy_city_2").post(f"/deputy/suggestions/{row.id}/cosign", form)
    assert answer.status_code == 422
    assert row.cosignatures.get().state == "invited"


def test_a_changed_text_voids_and_shows_the_change(cast: Cast) -> None:
    row = invited(cast)
    services.cosign_answer(actor=cast.deputy_city_2, suggestion=row, agree=True, seen_hash=row.text_hash)
    services.suggestion_edit(
        actor=cast.deputy_city,
        suggestion=row,
        draft=draft(analysis="沿线住着五十户，学生二十一人，路旁是沟。"),
    )
    page = entered(cast, "deputy_city_2").get(f"/deputy/suggestions/{row.id}/cosign")
    assert "原来的同意已经作废" in words(page)
    assert re.search(r"<del>[^<]+</del>.*<ins>五", page.content.decode(), re.S)


def edited(cast: Cast, row: Suggestion, **changes: Any) -> None:
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=draft(**changes))


def test_the_way_on_after_a_change_is_one_button(cast: Cast) -> None:
    row = invited(cast)
    services.cosign_answer(actor=cast.deputy_city_2, suggestion=row, agree=True, seen_hash=row.text_hash)
    page = f"/deputy/suggestions/{row.id}"
    client = entered(cast, "deputy_city")
    assert "请他们重新确认" not in words(client.get(f"{page}/invite"))
    edited(cast, row, analysis="沿线住着五十户，学生二十一人，路旁是沟。")
    edited(
        cast,
        row,
        analysis="沿线住着五十户，学生二十一人，路旁是沟。",
        proposal=f"{draft().proposal}请在冬天前装好。",
    )
    assert "请他们重新确认" in words(client.get(page))
    assert client.post(f"{page}/invite", {"act": "reask"}).status_code == 302
    other = entered(cast, "deputy_city_2")
    shown = other.get(f"{page}/cosign").content.decode()
    assert "<ins>五" in shown and re.search(r"<ins>[^<]*冬天前", shown)
    row.refresh_from_db()
    assert other.post(f"{page}/cosign", {"answer": "agree", "seen_hash": row.text_hash}).status_code == 302
    assert submit(cast, row).status_code == 302


def test_another_deputy_has_no_such_button(cast: Cast) -> None:
    row = invited(cast)
    edited(cast, row, analysis="沿线住着五十户")
    answer = entered(cast, "deputy_city_2").post(f"/deputy/suggestions/{row.id}/invite", {"act": "reask"})
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.state == "draft"


def test_who_declined_may_be_asked_about_a_new_text(cast: Cast) -> None:
    row = invited(cast)
    services.cosign_answer(actor=cast.deputy_city_2, suggestion=row, agree=False, words="请把第二条写具体")
    page = entered(cast, "deputy_city").get(f"/deputy/suggestions/{row.id}/invite").content.decode()
    assert f'value="{cast.deputy_row("deputy_city_2").pk}"><span>' in page


def test_a_text_seen_before_the_change_cannot_be_signed(cast: Cast) -> None:
    row = invited(cast)
    form = {"answer": "agree", "seen_hash": "0" * 64}
    answer = entered(cast, "deputy_city_2").post(f"/deputy/suggestions/{row.id}/cosign", form)
    assert answer.status_code == 409
    assert row.cosignatures.get().state == "invited"


def test_the_same_thing_within_a_year_must_say_what_is_new(cast: Cast) -> None:
    assert submit(cast, drafted(cast)).status_code == 302
    again = drafted(cast)
    answer = submit(cast, again)
    assert answer.status_code == 409
    assert "去写明这次新在哪里" in words(answer)
    services.suggestion_edit(
        actor=cast.deputy_city, suggestion=again, draft=draft(what_is_new="去年装的主路，这次说的是支路")
    )
    assert submit(cast, again).status_code == 302


def test_a_paper_in_a_units_hands_can_be_taken_back(cast: Cast) -> None:
    row = assigned(cast)
    client, url = entered(cast, "deputy_city"), f"/deputy/suggestions/{row.id}/acts/withdraw"
    assert client.post(url, {"note": ""}).status_code == 422
    assert client.post(url, {"note": "镇里已经修好，书面撤回"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"
