"""Ends that nobody may miss: sealed words stay sealed, no matter waits for ever, everybody is told."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from lianxin.common import clock
from lianxin.common.errors import Invalid, Refused
from lianxin.documents.models import StoredFile
from lianxin.handling.actions import BOOK as UNIT_BOOK
from lianxin.handling.models import Assignment
from lianxin.notifications.models import CallTask
from lianxin.opinions import services
from lianxin.opinions.models import ClusterMember, Consulted, Opinion, SealedText
from lianxin.opinions.selectors import published, reads_original
from lianxin.opinions.services.keys import words_of
from lianxin.people.models import RoleHeld
from tests.factories.cast import Cast
from tests.factories.opinions import LAMP, recorded, said, transferred

ACCUSED = "我举报某村的会计挪用公款，账目从不公开"
WEBM = b"\x1aE\xdf\xa3" + bytes(200)
BOTH = ("transport", "power")
pytestmark = pytest.mark.django_db


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (20, 90, 60)).save(out, "JPEG")
    return out.getvalue()


def unit_act(cast: Cast, opinion: Opinion, who: str, unit: str, act: str, **data: object) -> Opinion:
    part = Assignment.objects.filter(matter_id=opinion.id, unit_code=unit).order_by("-round", "-created_at")[
        0
    ]
    services.opinion_unit_act(
        actor=getattr(cast, who), assignment=part, act=act, form=UNIT_BOOK.form(act, dict(data))
    )
    return Opinion.objects.select_related("station").get(pk=opinion.pk)


def answered_by_unit(cast: Cast, opinion: Opinion, unit: str = "transport") -> Opinion:
    clerk, head = {"transport": ("clerk", "head"), "power": ("clerk_power", "head_power")}[unit]
    unit_act(cast, opinion, clerk, unit, "accept", officer="孙经办", leader="周局长")
    unit_act(cast, opinion, clerk, unit, "start", plan="到现场看后装灯")
    unit_act(
        cast, opinion, clerk, unit, "draft_reply", reply_class="A",
        answers=["已于十月二十日装好路灯十二盏。"], publish_level="public",
    )  # fmt: skip
    return unit_act(cast, opinion, head, unit, "sign_reply", version=1)


def fed_back(cast: Cast, opinion: Opinion) -> Opinion:
    services.opinion_answer(actor=cast.keeper, opinion=opinion, text="已报镇政府安排。")
    return services.opinion_feed_back(actor=cast.keeper, opinion=opinion, text="已报镇政府安排。")


# sealed words


def test_a_sealed_recording_written_down_leaves_no_word_in_the_open(cast: Cast) -> None:
    opinion = said(cast, "", voice=WEBM, insists_sealed=True).opinion
    services.voice_write_down(actor=cast.keeper, opinion=opinion, text=ACCUSED)
    opinion.refresh_from_db()
    assert (opinion.text, opinion.outgoing_text, opinion.title) == ("", "", "密件")
    assert words_of(opinion) == ACCUSED
    assert ACCUSED not in SealedText.objects.get(opinion=opinion).sealed


def test_a_recording_that_is_not_sealed_is_written_down_for_all_in_the_station(cast: Cast) -> None:
    opinion = said(cast, "", voice=WEBM).opinion
    services.voice_write_down(actor=cast.keeper, opinion=opinion, text=LAMP)
    opinion.refresh_from_db()
    assert opinion.text == LAMP and opinion.outgoing_text


def test_what_is_added_to_a_sealed_matter_goes_under_the_seal(cast: Cast) -> None:
    opinion = said(cast, ACCUSED, insists_sealed=True).opinion
    services.opinion_move(actor=cast.keeper, opinion=opinion, act="ask_more", note="请写明是哪一年的事")
    services.opinion_give_more(opinion=opinion, text="是前年修路的钱款")
    opinion.refresh_from_db()
    assert "前年" in words_of(opinion)
    assert (opinion.text, opinion.outgoing_text) == ("", "")


def test_the_words_of_a_reopened_sealed_matter_stand_in_no_note(cast: Cast) -> None:
    opinion = fed_back(cast, recorded(cast, ACCUSED, insists_sealed=True))
    services.opinion_reopen(opinion=opinion, text="村会计还在挪用公款")
    assert "会计" not in "".join(opinion.events.values_list("note", flat=True))
    assert "村会计还在" in words_of(opinion)


def test_nobody_writes_an_outgoing_copy_of_a_sealed_matter(cast: Cast) -> None:
    opinion = recorded(cast, ACCUSED, insists_sealed=True)
    with pytest.raises(Refused):
        services.opinion_outgoing_check(actor=cast.keeper, opinion=opinion, text=ACCUSED)


# merging


def test_nothing_is_merged_into_a_matter_whose_author_has_his_answer(cast: Cast) -> None:
    lead, other = fed_back(cast, recorded(cast)), recorded(cast, LAMP + "，请装灯")
    with pytest.raises(Refused):
        services.opinions_merge(actor=cast.keeper, lead=lead, others=[other], reason="同一件事")
    other.refresh_from_db()
    assert other.state == "recorded"


def test_a_member_reopened_and_merged_again_joins_the_new_lead(cast: Cast) -> None:
    lead, other, second = (recorded(cast, LAMP + extra) for extra in ("", "，请装灯", "，太黑了"))
    services.opinions_merge(actor=cast.keeper, lead=lead, others=[other], reason="同一件事")
    fed_back(cast, lead)
    other.refresh_from_db()
    services.opinion_reopen(opinion=other, text="支路上还是没有灯")
    services.opinions_merge(actor=cast.keeper, lead=second, others=[other], reason="同一件事")
    assert ClusterMember.objects.get(opinion=other, left_at=None).cluster.lead_id == second.pk


def test_a_reopened_member_can_lead_others(cast: Cast) -> None:
    lead, other, second = (recorded(cast, LAMP + extra) for extra in ("", "，请装灯", "，太黑了"))
    services.opinions_merge(actor=cast.keeper, lead=lead, others=[other], reason="同一件事")
    fed_back(cast, lead)
    other.refresh_from_db()
    services.opinion_reopen(opinion=other, text="支路上还是没有灯")
    services.opinions_merge(actor=cast.keeper, lead=other, others=[second], reason="同一件事")
    second.refresh_from_db()
    assert second.state == "merged"


def test_the_author_of_a_lead_can_take_it_back_while_a_member_is_in_a_suggestion(cast: Cast) -> None:
    lead, other = recorded(cast), recorded(cast, LAMP + "，请装灯")
    services.opinions_merge(actor=cast.keeper, lead=lead, others=[other], reason="同一件事")
    other.refresh_from_db()
    services.opinion_converted(actor=cast.deputy_city, opinion=other, deputy_name="测试")
    assert services.opinion_withdraw(opinion=lead).state == "withdrawn"
    other.refresh_from_db()
    assert other.state == "converted"


# no matter waits for ever


@pytest.mark.parametrize(
    ("act", "state"), [("accept", "recorded"), ("guide", "guided"), ("refuse", "invalid")]
)
def test_a_resident_who_adds_nothing_does_not_hold_the_matter(cast: Cast, act: str, state: str) -> None:
    opinion = said(cast).opinion
    services.opinion_move(actor=cast.keeper, opinion=opinion, act="ask_more", note="请说清是哪一段路")
    services.opinion_move(actor=cast.keeper, opinion=opinion, act=act, note="到现场看过，按原话办理")
    assert opinion.state == state


def test_going_on_where_the_rest_has_answered_leads_to_the_answer(cast: Cast) -> None:
    opinion = answered_by_unit(cast, transferred(cast, units=BOTH))
    reason = {"reason": "杆线不属于我公司管理范围，请交交通局", "proposed_unit": "transport"}
    opinion = unit_act(cast, opinion, "head_power", "power", "request_return", **reason)
    opinion = unit_act(cast, opinion, "keeper", "power", "approve_return", note="同意退办")
    assert opinion.state == "objected"
    services.opinion_move(actor=cast.keeper, opinion=opinion, act="go_on")
    assert opinion.state == "replied"


def test_nothing_is_given_to_a_unit_where_nobody_can_sign(cast: Cast) -> None:
    RoleHeld.objects.filter(account=cast.account("head")).update(valid_to=clock.today() - timedelta(days=1))
    with pytest.raises(Invalid):
        transferred(cast)


def test_a_matter_without_feedback_that_is_rated_closes_by_time(cast: Cast) -> None:
    opinion = recorded(cast)
    services.opinion_move(actor=cast.keeper, opinion=opinion, act="to_project")
    services.opinion_evaluate(opinion=opinion, rating="fair")
    services.purge(clock.today() + timedelta(days=10))
    opinion.refresh_from_db()
    assert opinion.state == "rated"
    with clock.at(clock.now() + timedelta(days=40)):
        services.purge(clock.today())
    opinion.refresh_from_db()
    assert opinion.state == "closed"


def test_a_recording_nobody_heard_goes_after_the_end_of_its_matter(cast: Cast) -> None:
    opinion = said(cast, "", voice=WEBM).opinion
    services.opinion_withdraw(opinion=opinion)
    files = StoredFile.objects.filter(owner_id=opinion.id, erased_at=None)
    services.purge(clock.today() + timedelta(days=20))
    assert files.exists()
    services.purge(clock.today() + timedelta(days=60))
    assert not files.exists()


# everybody is told, and only he


@pytest.mark.parametrize(("act", "called"), [("guide", 1), ("refuse", 1), ("take_up", 0)])
def test_who_wished_a_call_is_called_when_the_matter_ends(cast: Cast, act: str, called: int) -> None:
    opinion = recorded(cast, name="张三", phone="13800001234", call_back=True)
    services.opinion_move(actor=cast.keeper, opinion=opinion, act=act, note="请到镇司法所咨询办理")
    assert CallTask.objects.filter(about_id=opinion.id).count() == called


def test_what_its_author_takes_back_leaves_the_public_pages(cast: Cast) -> None:
    opinion = recorded(cast, may_publish=True)
    services.opinion_outgoing_check(actor=cast.keeper, opinion=opinion, text=opinion.outgoing_text)
    services.opinion_move(actor=cast.presidium, opinion=opinion, act="publish")
    assert published(opinion.home6).filter(pk=opinion.pk).exists()
    services.opinion_withdraw(opinion=opinion)
    assert not published(opinion.home6).filter(pk=opinion.pk).exists()


def test_a_corrected_answer_is_fed_back_once_more(cast: Cast) -> None:
    opinion = answered_by_unit(cast, transferred(cast))
    services.opinion_feed_back(actor=cast.keeper, opinion=opinion, text="装好了十二盏路灯。")
    new = ["已于十月二十日装好路灯十一盏，另一盏下月装。"]
    opinion = unit_act(cast, opinion, "head", "transport", "correct_reply", note="盏数写错了", answers=new)
    assert (opinion.state, opinion.answer) == ("replied", new[0])
    services.opinion_feed_back(actor=cast.keeper, opinion=opinion, text="装好了十一盏，另一盏下月装。")
    assert opinion.state == "fed_back"


def test_a_consulted_station_sees_no_photo_though_the_copy_reads_like_the_original(cast: Cast) -> None:
    opinion = recorded(cast, photos=(_picture(),))
    assert opinion.text == opinion.outgoing_text
    Consulted.objects.create(opinion=opinion, station=cast.station("103"))
    file = StoredFile.objects.get(owner_id=opinion.id)
    for name, status in (("keeper", 200), ("keeper_other", 403)):
        client = Client()
        client.force_login(cast.account(name))
        assert client.get(f"/station/opinions/{opinion.id}/photos/{file.id}").status_code == status
    assert reads_original(cast.keeper, opinion) and not reads_original(cast.keeper_other, opinion)
