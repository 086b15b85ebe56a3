"""答复评价: both marks, reasons where dissatisfied, nobody but the signers."""

from __future__ import annotations

from typing import Any

from lianxin.suggestions.models import Suggestion
from tests.factories.cast import Cast
from tests.factories.suggestions import assigned, replied, unit_act
from tests.web.pages import entered, words

WHY = "路灯只装了一半，三组到小学那一段仍然没有灯，孩子还是摸黑走。"


def give(cast: Cast, row: Suggestion, who: str = "deputy_city", **form: Any) -> Any:
    return entered(cast, who).post(f"/deputy/suggestions/{row.id}/evaluate", form)


def test_each_demand_stands_beside_its_answer(cast: Cast) -> None:
    row = replied(cast)
    page = words(entered(cast, "deputy_city").get(f"/deputy/suggestions/{row.id}/evaluate"))
    assert page.index("1. 在三组到小学的路上装路灯") < page.index("已于十月二十日前装好路灯十二盏")


def test_nothing_is_chosen_beforehand(cast: Cast) -> None:
    row = replied(cast)
    page = entered(cast, "deputy_city").get(f"/deputy/suggestions/{row.id}/evaluate").content.decode()
    assert page.count('name="attitude"') == 3
    assert " checked" not in page


def test_satisfied(cast: Cast) -> None:
    row = replied(cast)
    assert give(cast, row, attitude="satisfied", result="satisfied").status_code == 302
    row.refresh_from_db()
    assert row.state == "evaluated"


def test_dissatisfied_without_reasons_keeps_the_choice(cast: Cast) -> None:
    row = replied(cast)
    answer = give(cast, row, attitude="satisfied", result="dissatisfied", reasons="没办好")
    assert answer.status_code == 422
    assert "没办好" in words(answer)
    assert answer.content.decode().count(" checked") == 2
    row.refresh_from_db()
    assert row.state == "replied"


def test_dissatisfied_without_a_demand_is_refused(cast: Cast) -> None:
    row = replied(cast)
    answer = give(cast, row, attitude="satisfied", result="dissatisfied", reasons=WHY)
    assert answer.status_code == 422
    assert "请至少勾选一条" in words(answer)


def test_it_can_be_changed_within_a_day(cast: Cast) -> None:
    row = replied(cast)
    give(cast, row, attitude="satisfied", result="satisfied")
    form = {"attitude": "satisfied", "result": "dissatisfied", "reasons": WHY, "demand_numbers": ["1"]}
    assert give(cast, row, **form).status_code == 302
    row.refresh_from_db()
    assert row.overall == "dissatisfied"


def pressed(row: Suggestion) -> bool:
    return row.evaluations.get(is_lead=True).pressured


def test_a_change_keeps_what_was_said_of_pressure(cast: Cast) -> None:
    row = replied(cast)
    give(cast, row, attitude="satisfied", result="satisfied", pressured="on")
    page = entered(cast, "deputy_city").get(f"/deputy/suggestions/{row.id}/evaluate").content.decode()
    assert 'name="pressured" checked' in page and "一直记着" in page
    assert give(cast, row, attitude="satisfied", result="basically_satisfied").status_code == 302
    assert pressed(row) and row.evaluations.get().overall == "basically_satisfied"


def test_pressure_after_the_first_mark_can_still_be_said(cast: Cast) -> None:
    row = replied(cast)
    give(cast, row, attitude="satisfied", result="satisfied")
    page = entered(cast, "deputy_city").get(f"/deputy/suggestions/{row.id}/evaluate").content.decode()
    assert 'name="pressured">' in page
    assert give(cast, row, attitude="satisfied", result="satisfied").status_code == 302
    assert not pressed(row)
    give(cast, row, attitude="satisfied", result="basically_satisfied", pressured="on")
    assert pressed(row)


def test_another_deputy_cannot_evaluate(cast: Cast) -> None:
    row = replied(cast)
    answer = give(cast, row, "deputy_city_3", attitude="satisfied", result="satisfied")
    assert answer.status_code in {403, 404}
    row.refresh_from_db()
    assert row.state == "replied"


def test_a_denied_contact_is_on_the_record(cast: Cast) -> None:
    row = assigned(cast)
    unit_act(cast, row, "clerk", "accept", officer="孙经办", leader="周局长")
    unit_act(
        cast, row, "clerk", "record_contact", held_on=row.submitted_on, form="telephone",
        persons="孙经办、测试代表", deputy_view="代表同意这样办",
    )  # fmt: skip
    client = entered(cast, "deputy_city")
    assert "没有联系我" in words(client.get(f"/deputy/suggestions/{row.id}"))
    answer = client.post(f"/deputy/suggestions/{row.id}/acts/confirm_contact", {"note": "没接到电话"})
    assert answer.status_code == 302
    assert "没有联系我" in words(client.get(f"/deputy/suggestions/{row.id}"))
