"""What stands in the letters: title, number, each demand answered, contact, copies, the form enclosed."""

from __future__ import annotations

from typing import Any

import pytest

from lianxin.documents.letters import sheet
from lianxin.documents.models import LetterVersion
from lianxin.handling import letters as handling_letters
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment
from lianxin.handling.rules import UrgingKind
from lianxin.handling.services import urge
from lianxin.handling.workflow import Mode
from lianxin.suggestions import services
from tests.factories import opinions, suggestions
from tests.factories.cast import TOWN, Cast


def content(row: Any, kind: str = "reply") -> dict[str, Any]:
    """Return the content of the newest letter of a kind."""
    return LetterVersion.objects.filter(matter_id=row.id, kind=kind).order_by("-version")[0].content


def test_title_and_number_of_a_reply(cast: Cast) -> None:
    row = suggestions.replied(cast)
    reply = content(row)
    plain = row.number.rsplit("〕")[-1]
    assert reply["title"] == f"关于市测试届人大第{plain}建议的答复"
    assert reply["number"].startswith("交通运输局函〔20")
    assert reply["number"].endswith("〕1号")
    assert reply["class_mark"] == "A"


def test_each_demand_is_answered_under_its_own_heading(cast: Cast) -> None:
    body = content(suggestions.replied(cast))["body"]
    for place, (demand, mark) in enumerate(zip(suggestions.DEMANDS, "一二", strict=True)):
        heading = body.index(f"{mark}、关于“{demand}”")
        assert body[heading + 1] == suggestions.reply()["answers"][place]


def test_contact_publishing_and_the_form_stand_in_the_reply(cast: Cast) -> None:
    reply = content(suggestions.replied(cast))
    assert reply["contact"] == "孙经办 0915-000-0000"
    assert reply["publish"] == "public"
    assert reply["enclosures"] == [handling_letters.FEEDBACK_FORM]
    assert reply["feedback"]["workdays"] == 15
    assert "代表工作委员会" in reply["feedback"]["to"]


def test_copies_go_to_the_committee_and_to_the_governments_oversight(cast: Cast) -> None:
    committee, oversight = content(suggestions.replied(cast))["copies"]
    assert committee.endswith("人大常委会代表工作委员会")
    assert oversight.endswith("人民政府督查室")


def test_a_court_is_not_under_the_governments_oversight(cast: Cast) -> None:
    row = suggestions.assigned(cast)
    part = suggestions.part_of(row)
    part.unit_code = "court"
    assert [name for name in handling_letters.senders.copies_of(part) if "督查室" in name] == []


def test_a_towns_letters_name_its_presidium(cast: Cast) -> None:
    row = suggestions.submitted(cast, by="deputy_town", body=TOWN)
    row = services.suggestion_register(actor=cast.presidium, suggestion=row)
    row = services.suggestion_assign(
        actor=cast.presidium, suggestion=row, parts=[Part("town-113", Mode.SOLE)]
    )
    letter = content(row, "hand_over")
    assert letter["signature"] == "段家河镇人民代表大会主席团"
    assert letter["copies"] == []
    assert handling_letters.senders.copies_of(suggestions.part_of(row, "town-113")) == [letter["signature"]]


def test_a_demo_names_no_real_organ_of_the_city(cast: Cast, settings: Any) -> None:
    part = suggestions.part_of(suggestions.assigned(cast))
    settings.LIANXIN_DEMO = True
    assert handling_letters.senders.copies_of(part) == [
        "旬阳示范市人大常委会代表工作委员会",
        "旬阳示范市人民政府督查室",
    ]
    settings.LIANXIN_DEMO = False
    assert handling_letters.senders.body_name(part) == "旬阳市人大常委会代表工作委员会"


def two_deputies(cast: Cast) -> Assignment:
    row = suggestions.replied(cast)
    part = suggestions.part_of(row)
    part.deputies = [
        str(cast.deputy_row(name).id) for name in ("deputy_city", "deputy_city_2", "deputy_city")
    ]
    return part


def names(cast: Cast, *who: str) -> list[str]:
    return [cast.deputy_row(name).name for name in who]


def test_each_joint_deputy_gets_a_reply_of_his_own_once(cast: Cast) -> None:
    part = two_deputies(cast)
    handling_letters.reply_letter_store(actor=cast.head, assignment=part, reply=part.replies.get())
    found = LetterVersion.objects.filter(part_id=part.id, kind="reply").order_by("-version")[0].content
    assert [one["name"] for one in found["recipients"]] == names(cast, "deputy_city", "deputy_city_2")


def test_where_the_rule_says_so_only_the_lead_gets_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = handling_letters.value

    def lead_only(name: str, **more: Any) -> Any:
        return False if name == "suggestion.reply_each_cosigner" else usual(name, **more)

    monkeypatch.setattr(handling_letters, "value", lead_only)
    part = two_deputies(cast)
    handling_letters.reply_letter_store(actor=cast.head, assignment=part, reply=part.replies.get())
    found = LetterVersion.objects.filter(part_id=part.id, kind="reply").order_by("-version")[0].content
    assert [one["name"] for one in found["recipients"]] == names(cast, "deputy_city")


@pytest.mark.parametrize(
    ("reply_class", "words"),
    [("B", "承诺事项：二期支路路灯，2027年6月30日前完成"), ("C", "暂不能解决的理由和依据")],
)
def test_what_a_class_asks_for_stands_in_the_letter(cast: Cast, reply_class: str, words: str) -> None:
    reply = content(suggestions.replied(cast, reply_class=reply_class))
    assert reply["class_mark"] == reply_class
    assert any(words in row for row in reply["body"])


def test_the_hand_over_letter_says_what_until_when_and_how_to_object(cast: Cast) -> None:
    row = suggestions.assigned(cast, parts=(Part("transport", Mode.MAIN), Part("power", Mode.ASSIST)))
    for unit, role in (("transport", "主办"), ("power", "协办")):
        part = suggestions.part_of(row, unit)
        letter = LetterVersion.objects.get(part_id=part.id, kind="hand_over").content
        whole = "".join(letter["body"])
        due = part.reply_due_on
        assert role in letter["body"][0]
        assert f"{due.year}年{due.month}月{due.day}日前" in whole
        assert "不要自行转给其他单位" in whole
        assert all(demand in whole for demand in suggestions.DEMANDS)


def test_an_opinions_letter_is_a_forwarding_without_a_person(cast: Cast) -> None:
    row = opinions.transferred(cast, name="王秀英", phone="13800000000")
    letter = content(row, "hand_over")
    assert letter["title"] == f"关于转办民情{row.number}号事项的函"
    assert letter["signature"] == "段家河镇人民代表大会主席团"
    assert "王秀英" not in str(letter)
    assert "13800000000" not in str(letter)


def test_urging_letters_name_their_step(cast: Cast) -> None:
    row = suggestions.assigned(cast)
    part = suggestions.part_of(row)
    urge(actor=cast.office, assignment=part, kind=UrgingKind.REMINDER, reason="已过答复期限。")
    letter = content(row, "u_reminder")
    assert letter["title"].endswith("号建议的催办单")
    assert letter["number"].startswith("催办〔20")
    assert letter["addressee"] == "旬阳示范市交通运输局"
    assert "已过答复期限。" in letter["body"]
    assert sheet(letter, demo=False)["feedback"] is None
