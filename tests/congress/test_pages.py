"""The pages of sessions: what was typed stays, the rest is ticked at once, the deputy sees the hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lianxin.common import clock
from lianxin.congress.models import CongressSession, SessionAttendance
from lianxin.suggestions.models import Suggestion
from tests.factories import congress as hold
from tests.factories import suggestions as make
from tests.factories.cast import CITY, TOWN, Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db


def form(**changes: str) -> dict[str, str]:
    """Return the form of a session that opens today."""
    today = clock.today()
    plain = {
        "body": TOWN, "ordinal": "6", "opens_on": str(today), "closes_on": str(today + timedelta(days=1)),
        "papers_until": f"{today}T18:00",
    }  # fmt: skip
    return {**plain, **changes}


def test_a_session_with_a_fault_keeps_what_was_typed(cast: Cast) -> None:
    page = entered(cast, "presidium")
    for wrong, said in (
        ({"closes_on": "2020-01-01"}, "闭幕不能早于开幕"),
        ({"ordinal": "六"}, "请填整数"),
        ({"ordinal": "0"}, "第几次会议写"),
        ({"papers_until": "下午"}, "截止的日期和时间"),
        ({"body": CITY}, None),
    ):
        refused = page.post("/sessions", form(**wrong))
        assert refused.status_code in {403, 422}
        if said:
            assert said in refused.content.decode() and f'value="{form(**wrong)["opens_on"]}"' in (
                refused.content.decode()
            )
    assert not CongressSession.objects.exists()
    made = page.post("/sessions", form())
    assert made.status_code == 302
    row = CongressSession.objects.get()
    assert row.papers_until.astimezone(clock.SHANGHAI).hour == 18
    changed = page.post(f"/sessions/{row.pk}", form(papers_until=""))
    row.refresh_from_db()
    assert changed.status_code == 302 and row.papers_until.astimezone(clock.SHANGHAI).hour == 23


def test_the_rest_is_ticked_at_once_and_nobody_is_ticked_unasked(cast: Cast) -> None:
    page, row = entered(cast, "presidium"), hold.session(cast.presidium, TOWN)
    nothing = page.post(f"/sessions/{row.pk}/attendance", {})
    assert nothing.status_code == 422 and "没有填的都记出席" in nothing.content.decode()
    absent = cast.deputy_row("deputy_town").pk
    sent = {f"presence-{absent}": "absent", "rest": "1"}
    assert page.post(f"/sessions/{row.pk}/attendance", sent).status_code == 302
    kept = dict(SessionAttendance.objects.values_list("deputy", "presence"))
    assert kept.pop(absent) == "absent" and set(kept.values()) == {"present"}
    page.post(f"/sessions/{row.pk}/attendance", {"rest": "1"})
    assert SessionAttendance.objects.get(deputy=absent).presence == "absent"


def test_the_roll_is_read_with_a_fixed_number_of_queries(cast: Cast) -> None:
    page, row = entered(cast, "office"), hold.session(cast.presidium, TOWN)
    with CaptureQueriesContext(
        connection,
    ) as before:
        page.get(f"/sessions/{row.pk}")
    page.post(f"/sessions/{row.pk}/attendance", {"rest": "1"})
    with CaptureQueriesContext(connection) as after:
        assert page.get(f"/sessions/{row.pk}").status_code == 200
    assert len(after) <= len(before) + 1 <= 21, len(after)


def test_a_leader_reads_and_writes_nothing(cast: Cast) -> None:
    row = hold.session(cast.presidium, TOWN)
    page = entered(cast, "leader")
    said = page.get(f"/sessions/{row.pk}").content.decode()
    assert "谁来了" in said and "记下出席情况" not in said
    assert page.post(f"/sessions/{row.pk}/attendance", {"rest": "1"}).status_code == 403
    assert page.post(f"/sessions/{row.pk}", form()).status_code == 403


def test_the_deputy_is_asked_only_while_the_session_is_on(cast: Cast) -> None:
    page = entered(cast, "deputy_city")
    assert "大会期间提出" not in page.get("/deputy/suggestions/new").content.decode()
    row = hold.session(cast.office)
    said = page.get("/deputy/suggestions/new").content.decode()
    assert "大会期间提出" in said and f"{row.papers_until.astimezone(clock.SHANGHAI):%m-%d %H:%M}" in said
    draft = make.drafted(cast, at_session=True)
    CongressSession.objects.all().delete()
    late = page.get(f"/deputy/suggestions/{draft.pk}/edit").content.decode()
    assert "现在没有开会" in late
    assert Suggestion.objects.get().at_session
