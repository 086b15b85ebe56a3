"""What parallel clicks, second rounds and people with two hats must not break."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Denied, Refused
from lianxin.documents.models import LetterVersion
from lianxin.handling.matters import Part
from lianxin.handling.models import Extension
from lianxin.handling.services import extension
from lianxin.handling.workflow import Mode
from lianxin.notifications.models import Notice
from lianxin.opinions import services as opinions
from lianxin.opinions.models import Opinion
from lianxin.opinions.selectors import public_steps
from lianxin.people.models import RoleHeld, Seat
from lianxin.people.seats import seat_suspend
from lianxin.regions.loading import CITY
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import Rating, RejectReason
from lianxin.suggestions.selectors import letter_content
from tests.factories.cast import SINCE, Cast
from tests.factories.opinions import recorded
from tests.factories.suggestions import (
    answer,
    assigned,
    draft,
    drafted,
    evaluated,
    part_of,
    registered,
    replied,
    submitted,
    tracking,
    unit_act,
    working,
)

WHY: dict[str, Any] = {"reason": RejectReason.EMPTY, "words": "没有具体意见，请写明在哪一段路装灯。"}
pytestmark = pytest.mark.django_db


def fresh(row: Suggestion) -> Suggestion:
    return Suggestion.objects.select_related("lead").get(pk=row.pk)


def test_a_paper_sent_back_is_not_rejected_on_the_old_proposal(cast: Cast) -> None:
    row = submitted(cast)
    services.suggestion_rejection_propose(actor=cast.office, suggestion=row, **WHY)
    services.suggestion_send_back(actor=cast.office_second, suggestion=row, **WHY)
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=draft(analysis="沿线住着四十户。"))
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    with pytest.raises(Refused):
        services.suggestion_reject(actor=cast.office_second, suggestion=row)
    services.suggestion_rejection_propose(actor=cast.office, suggestion=row, **WHY)
    assert services.suggestion_reject(actor=cast.office_second, suggestion=row).state == "rejected"


def test_the_office_is_told_of_a_paper_each_time_it_is_filed(cast: Cast) -> None:
    row = submitted(cast)
    services.suggestion_send_back(actor=cast.office, suggestion=row, **WHY)
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=draft())
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    told = Notice.objects.filter(about_id=row.id, subject__startswith="待审核")
    assert told.count() == 2


def test_a_lead_who_sits_in_the_presidium_confirms_his_own_promise(cast: Cast) -> None:
    row = tracking(cast)
    lead = cast.account("deputy_city")
    RoleHeld.objects.create(account=lead, role=Role.PRESIDIUM, place="610981113000", valid_from=SINCE)
    promise = row.commitments.get()
    services.promise_proof(actor=cast.clerk, suggestion=row, commitment=promise.pk, proof="支路路灯已装好")
    services.promise_confirm(actor=cast.deputy_city, suggestion=row, commitment=promise.pk, fulfilled=True)
    promise.refresh_from_db()
    assert promise.state == "fulfilled"


def test_the_office_does_not_confirm_in_the_place_of_a_lead_who_sits(cast: Cast) -> None:
    row = tracking(cast)
    promise = row.commitments.get()
    services.promise_proof(actor=cast.clerk, suggestion=row, commitment=promise.pk, proof="支路路灯已装好")
    given: dict[str, Any] = {"suggestion": row, "commitment": promise.pk, "fulfilled": True}
    with pytest.raises(Refused):
        services.promise_confirm(actor=cast.office, for_lead=True, **given)
    with pytest.raises(Denied):
        services.promise_confirm(actor=cast.office, **given)


def test_nothing_is_merged_into_a_paper_answered_a_moment_ago(cast: Cast) -> None:
    row, into = registered(cast, by="deputy_city_2"), assigned(cast)
    as_read = fresh(into)
    answer(cast, into)
    with pytest.raises(Conflict):
        services.suggestion_merge(actor=cast.office, suggestion=row, into=as_read, note="同一件事")
    assert fresh(row).state == "registered"


def test_two_papers_are_not_merged_into_each_other(cast: Cast) -> None:
    one, two = registered(cast), registered(cast, by="deputy_city_2")
    one_as_read, two_as_read = fresh(one), fresh(two)
    services.suggestion_merge(actor=cast.office, suggestion=one, into=two, note="同一件事")
    with pytest.raises(Conflict):
        services.suggestion_merge(
            actor=cast.office_second, suggestion=two_as_read, into=one_as_read, note="同一件事"
        )
    assert fresh(two).state == "registered"


def test_an_extension_is_decided_once(cast: Cast) -> None:
    row = assigned(cast)
    working(cast, row)
    until = clock.today() + timedelta(days=150)
    unit_act(
        cast, row, "clerk", "request_extension", reason="涉及电网改造，要等杆线迁改",
        plan="先装主路再装支路", until=until,
    )  # fmt: skip
    part = part_of(row)
    extension._decide(part, "approved", "同意")
    with pytest.raises(Conflict):
        extension._decide(part, "refused", "不同意")
    assert Extension.objects.get(assignment=part).state == "approved"


def _cited(cast: Cast) -> tuple[Opinion, Suggestion]:
    opinion = recorded(cast)
    row = services.suggestion_draft(
        actor=cast.deputy_city, body_code=CITY, draft=draft(), opinions=(opinion.pk,)
    )
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.suggestion_register(actor=cast.office, suggestion=row)
    services.suggestion_assign(actor=cast.office, suggestion=row, parts=[Part("transport", Mode.SOLE)])
    return opinion, row


def test_the_resident_is_told_the_second_reply_too(cast: Cast) -> None:
    opinion, row = _cited(cast)
    evaluated(cast, replied(cast, row), result=Rating.DISSATISFIED)
    row = fresh(row)
    opinion.refresh_from_db()
    opinions.opinion_evaluate(opinion=opinion, rating="dissatisfied", unresolved=True)
    services.suggestion_rehandle(actor=cast.office, suggestion=row, note="支路也要装，请重新办理")
    new = ["支路路灯已于十一月二十日装好六盏。", "路灯由镇政府张科长负责管护。"]
    answer(cast, row, answers=new)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.answer) == ("fed_back", "\n".join(new))
    assert "新答复" in public_steps(opinion)[-1].text
    with clock.at(clock.now() + timedelta(days=6)):
        opinions.opinion_evaluate(opinion=opinion, rating="satisfied")
    assert opinion.state == "rated"


def test_the_resident_is_told_a_corrected_reply(cast: Cast) -> None:
    opinion, row = _cited(cast)
    replied(cast, row)
    new = ["我局已于十月二十日前装好路灯十一盏，由周局长负责验收。", "路灯由镇政府张科长负责管护。"]
    unit_act(cast, row, "head", "correct_reply", note="盏数写错了", answers=new)
    opinion.refresh_from_db()
    assert opinion.answer == "\n".join(new)


def test_one_whose_words_were_never_taken_up_is_not_told_of_the_paper(cast: Cast) -> None:
    opinion, row = _cited(cast)
    other = recorded(cast, "村口的水管漏水三天了没人来修")
    row.sources.create(opinion_id=other.pk, number=other.number, quote="")
    opinions.opinion_answer(actor=cast.keeper, opinion=other, text="水管已修好。")
    opinions.opinion_feed_back(actor=cast.keeper, opinion=other, text="水管已修好。")
    replied(cast, row)
    new = ["我局已于十月二十日前装好路灯十一盏，由周局长负责验收。", "路灯由镇政府张科长负责管护。"]
    unit_act(cast, row, "head", "correct_reply", note="盏数写错了", answers=new)
    other.refresh_from_db()
    assert other.answer == "水管已修好。"


def test_a_public_paper_leaves_the_public_page_when_a_new_reply_is_not_public(cast: Cast) -> None:
    row = replied(cast)
    services.publication_propose(actor=cast.office, suggestion=row)
    services.suggestion_publish(actor=cast.office_second, suggestion=row)
    row = evaluated(cast, row, result=Rating.DISSATISFIED)
    services.suggestion_rehandle(actor=cast.office, suggestion=row, note="支路也要装，请重新办理")
    answer(cast, row, publish_level="not_public", publish_reason="涉及企业商业秘密")
    assert not fresh(row).is_public


def test_a_new_reply_needs_a_new_proposal_to_publish(cast: Cast) -> None:
    row = replied(cast)
    services.publication_propose(actor=cast.office, suggestion=row)
    row = evaluated(cast, row, result=Rating.DISSATISFIED)
    services.suggestion_rehandle(actor=cast.office, suggestion=row, note="支路也要装，请重新办理")
    answer(cast, row)
    with pytest.raises(Refused):
        services.suggestion_publish(actor=cast.office_second, suggestion=fresh(row))


def test_a_paper_sent_back_to_a_lead_who_left_gives_its_opinions_back(cast: Cast) -> None:
    opinion = recorded(cast)
    row = services.suggestion_draft(
        actor=cast.deputy_city, body_code=CITY, draft=draft(), opinions=(opinion.pk,)
    )
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.suggestion_send_back(actor=cast.office, suggestion=row, **WHY)
    assert services.tick(clock.today())["left_behind"] == 0
    seats = Seat.objects.filter(deputy=cast.deputy_row("deputy_city"))
    seat_suspend(actor=cast.office, seat=seats.get(), on=clock.today(), reason="公告第3号")
    assert services.tick(clock.today())["left_behind"] == 0, "who is suspended may be back"
    seats.update(valid_to=clock.today() - timedelta(days=1))
    assert services.tick(clock.today())["left_behind"] == 1
    opinion.refresh_from_db()
    assert (fresh(row).state, opinion.state) == ("withdrawn", "recorded")


def test_the_former_text_stays_off_the_trail(cast: Cast) -> None:
    row = drafted(cast)
    services.suggestion_edit(actor=cast.deputy_city, suggestion=row, draft=draft(analysis="沿线住着四十户。"))
    assert "三十五户" in row.events.get(act="edit").facts["before"]
    trail = AuditEntry.objects.filter(target_id=str(row.id)).values_list("facts", flat=True)
    assert "三十五户" not in "".join(trail)


@pytest.mark.parametrize(
    ("who", "named", "phone"),
    [("head", True, True), ("office", True, True), ("deputy_city", True, True), ("head_power", False, True),
     ("keeper_other", False, False)],
)  # fmt: skip
def test_names_and_telephones_in_letters(cast: Cast, who: str, named: bool, phone: bool) -> None:
    parts = (Part("transport", Mode.SEPARATE, "装灯"), Part("power", Mode.SEPARATE, "接电"))
    row = assigned(cast, parts, confidential=True)
    answer(cast, row)
    letter = LetterVersion.objects.get(matter_id=row.id, kind="reply")
    content = letter_content(getattr(cast, who), row, letter)
    assert ("测试deputy_city" in str(content)) is named
    assert ("0915-000-0000" in str(content)) is phone
