"""督查室 hears once of what it answers for; leaders hear of a second dissatisfaction."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.handling.matters import Part
from lianxin.handling.workflow import Mode
from lianxin.notifications.models import Notice
from lianxin.notifications.services import recipient_keys
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import Rating
from tests.factories import suggestions as make
from tests.factories.cast import Cast
from tests.factories.opinions import transferred

WHY = {"reason": "不属于我局职责，属供电公司", "proposed_unit": "power"}
ASKED = {"reason": "支路要等电网改造，涉及三个单位，难度大。", "plan": "先装主路，再装支路"}
pytestmark = pytest.mark.django_db


def told(cast: Cast, words: str, who: str = "oversight") -> int:
    mine = recipient_keys(getattr(cast, who))
    found = Notice.objects.filter(subject__contains=words)
    return sum((one.recipient_kind, one.recipient_key) in mine for one in found)


def escalated(cast: Cast) -> Suggestion:
    row = make.evaluated(cast, result=Rating.DISSATISFIED)
    services.suggestion_rehandle(actor=cast.office, suggestion=row, note="支路也要装，请重新办理")
    make.answer(cast, row)
    row.refresh_from_db()
    row = services.evaluation_give(
        actor=cast.deputy_city, suggestion=row, marks=make.marks(Rating.DISSATISFIED)
    )
    return services.suggestion_escalate(actor=cast.office, suggestion=row, note="提请主任会议督办")


def test_it_hears_of_a_hand_over_to_a_department_of_the_government(cast: Cast) -> None:
    make.assigned(cast)
    assert told(cast, "已交办") == 1 and told(cast, "已交办", "presidium") == 0


def test_it_hears_nothing_of_what_the_government_does_not_answer_for(cast: Cast) -> None:
    make.assigned(cast, (Part("town-113", Mode.SOLE),))
    transferred(cast)
    assert told(cast, "已交办") == 0


def test_it_hears_of_requests_for_return_and_extension(cast: Cast) -> None:
    row = make.assigned(cast)
    make.unit_act(cast, row, "head", "request_return", **WHY)
    assert told(cast, "申请退办") == 1
    make.unit_act(cast, row, "office", "refuse_return", note="属贵局职责")
    make.working(cast, row)
    until = make.part_of(row).reply_due_on
    assert until is not None
    make.unit_act(cast, row, "clerk", "request_extension", **ASKED, until=until + timedelta(days=20))
    assert told(cast, "申请延期") == 1


def test_it_and_the_leaders_hear_of_a_second_dissatisfaction_once(cast: Cast) -> None:
    escalated(cast)
    assert told(cast, "已提请督办") == 1 and told(cast, "已提请督办", "leader") == 1
    assert told(cast, "已提请督办", "clerk") == 1 and told(cast, "已提请督办", "presidium") == 0


def test_the_leaders_hear_nothing_of_a_first_dissatisfaction(cast: Cast) -> None:
    make.evaluated(cast, result=Rating.DISSATISFIED)
    assert told(cast, "不满意", "leader") == 0
