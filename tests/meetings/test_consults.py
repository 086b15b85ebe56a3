"""两说一商: both sides first, then a result; never an end without one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.meetings import services
from lianxin.meetings.consults_workflow import CONSULT, Facts, Result, State
from lianxin.meetings.models import Consult
from lianxin.meetings.permissions import consults_visible_to
from lianxin.rulebook.models import Parameter
from tests.factories.cast import TOWN, Cast


def planned(cast: Cast, **more: Any) -> Consult:
    given = {
        "actor": cast.keeper,
        "division_code": TOWN,
        "title": "集镇夜市用电的线路",
        "held_on": clock.today(),
        "place": "联络站",
        "deputy": cast.deputy_row("deputy_town").pk,
        "unit": "power",
        **more,
    }
    return services.consult_plan(**given)


def heard(cast: Cast) -> Consult:
    row = services.consult_say(
        actor=cast.keeper, consult=planned(cast), act="say_first", words="夜市一开就跳闸。"
    )
    return services.consult_say(actor=cast.keeper, consult=row, act="say_second", words="可以换大一号的线。")


def test_it_goes_from_both_sides_to_the_result_and_its_carrying_out(cast: Cast) -> None:
    row = heard(cast)
    row = services.consult_settle(
        actor=cast.keeper, consult=row, result="agreed", plan="下月换线，停电半天。",
        follow_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    row = services.consult_follow(actor=cast.keeper, consult=row, words="换好了，没有再跳闸。")
    assert row.state == "followed" and row.stages[2] == "共同商"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"result": ""}, "没有商定结果"),
        ({"result": "agreed", "plan": ""}, "商定了什么"),
        ({"result": "not_agreed", "next_step": ""}, "下一步怎么办"),
    ],
)
def test_it_does_not_end_without_a_result(cast: Cast, typed: dict[str, str], said: str) -> None:
    row = heard(cast)
    with pytest.raises(Refused, match=said):
        services.consult_settle(actor=cast.keeper, consult=row, **typed)
    assert Consult.objects.get(pk=row.pk).state == "second_said"


def test_nothing_is_settled_before_both_have_spoken(cast: Cast) -> None:
    with pytest.raises(Conflict):
        services.consult_settle(
            actor=cast.keeper, consult=planned(cast), result="agreed", plan="还没有听两边说。"
        )


def test_the_names_of_the_stages_are_a_parameter_and_old_rows_keep_theirs(cast: Cast) -> None:
    old = planned(cast)
    Parameter.objects.filter(name="consult.stages").update(value=["群众说", "部门说", "一起定"])
    from lianxin.rulebook.selectors import forget  # noqa: PLC0415 - the cache of this process

    forget()
    new = planned(cast, title="客车晚班多开一趟")
    assert (old.stages[2], new.stages[2]) == ("共同商", "一起定")


def test_who_may_plan_and_who_sees(cast: Cast) -> None:
    for who in ("keeper_other", "deputy_town", "head_power"):
        with pytest.raises(Denied):
            planned(cast, actor=getattr(cast, who))
    row = planned(cast)
    for who, sees in (("deputy_town", True), ("head_power", True), ("head", False), ("keeper_other", False)):
        assert consults_visible_to(getattr(cast, who)).filter(pk=row.pk).exists() is sees


def test_what_is_missing_is_said_field_by_field(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        planned(cast, title="短", place="", unit="没有")
    assert set(caught.value.fields) == {"title", "place", "unit"}


@given(st.sampled_from([*Result, "", "maybe"]), st.text(max_size=8), st.text(max_size=8))
def test_a_settled_one_always_has_its_words(result: str, plan: str, next_step: str) -> None:
    facts = Facts(result, plan, next_step, trying=True)
    said = CONSULT.refusal(State.SECOND_SAID, "settle", facts)
    words = (
        {Result.AGREED: plan, Result.NOT_AGREED: next_step}.get(Result(result))
        if result in set(Result)
        else ""
    )
    assert (said is None) == (len((words or "").strip()) >= 5)


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_keep_what_was_typed_and_ask_few_queries(cast: Cast) -> None:
    page = browser(cast, "keeper")
    typed = {
        "title": "集镇夜市用电的线路", "held_on": str(clock.today()), "place": "联络站",
        "deputy": str(cast.deputy_row("deputy_town").pk), "unit": "power",
    }  # fmt: skip
    refused = page.post("/forums/consults/new", {**typed, "deputy": ""})
    assert refused.status_code == 422 and "集镇夜市" in refused.content.decode()
    assert page.post("/forums/consults/new", typed).status_code == 302
    row = Consult.objects.get()
    acts = f"/forums/consults/{row.pk}/acts"
    assert page.post(f"{acts}/say_first", {"words": "夜市一开就跳闸。"}).status_code == 302
    assert page.post(f"{acts}/say_second", {"words": "可以换大一号的线。"}).status_code == 302
    kept = page.post(f"{acts}/settle", {"result": "not_agreed", "next_step": "再谈"})
    assert kept.status_code == 409 and "再谈" in kept.content.decode()
    assert page.post(f"{acts}/settle", {"result": "agreed", "plan": "下月换线。"}).status_code == 302
    page.get("/forums/consults")
    with CaptureQueriesContext(connection) as few:
        page.get("/forums/consults")
    planned(cast, title="另外一件要商量的事")
    with CaptureQueriesContext(connection) as more:
        page.get("/forums/consults")
    assert len(few) == len(more)
