"""Article 51 lengthens the first reply to a suggestion; nothing else has an extension."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.errors import Refused
from lianxin.handling import services
from lianxin.handling.actions import BOOK
from lianxin.handling.models import Assignment, Extension
from lianxin.suggestions import services as papers
from lianxin.suggestions.rules import Rating
from tests.factories import forums as meetings
from tests.factories import suggestions as make
from tests.factories.cast import Cast
from tests.factories.opinions import transferred

ASKED = {"reason": "支路要等电网改造，涉及三个单位，难度大。", "plan": "先装主路，再装支路"}
pytestmark = pytest.mark.django_db


def asked(cast: Cast, part: Assignment) -> Assignment:
    part.state = "in_handling"
    part.save(update_fields=["state"])
    who = cast.head if part.unit_code == "transport" else cast.head_power
    until = clock.today() + timedelta(days=150)
    return services.extension_request(actor=who, assignment=part, until=until, **ASKED)


def offered(cast: Cast, part: Assignment) -> set[str]:
    who = cast.head if part.unit_code == "transport" else cast.head_power
    return {one.act.name for one in BOOK.open_for(who, part)}


def test_the_first_reply_to_a_suggestion_may_be_extended(cast: Cast) -> None:
    part = asked(cast, make.part_of(make.assigned(cast)))
    assert "request_extension" in offered(cast, part) and Extension.objects.count() == 1


def test_the_second_reply_to_a_suggestion_may_not(cast: Cast) -> None:
    row = make.evaluated(cast, result=Rating.DISSATISFIED)
    papers.suggestion_rehandle(actor=cast.office, suggestion=row, note="支路也要装，请重新办理")
    part = make.part_of(row)
    with pytest.raises(Refused, match="第二次答复不能延期"):
        asked(cast, part)
    assert "request_extension" not in offered(cast, part) and not Extension.objects.exists()


def test_an_opinion_may_not(cast: Cast) -> None:
    part = Assignment.objects.get(matter_id=transferred(cast).id)
    with pytest.raises(Refused, match="只用于代表建议"):
        asked(cast, part)
    assert "request_extension" not in offered(cast, part) and not Extension.objects.exists()


def test_an_item_of_a_forum_may_not(cast: Cast) -> None:
    row = meetings.handed_over(cast).items.get(number=2)
    part = Assignment.objects.get(matter_kind="forum", matter_id=row.pk)
    with pytest.raises(Refused, match="只用于代表建议"):
        asked(cast, part)
    assert "request_extension" not in offered(cast, part) and not Extension.objects.exists()
