"""The public part of a deputy's performance (代表法第五十八条): what is shown, and what never is."""

from __future__ import annotations

import gzip
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.common import clock
from lianxin.duties import services as duties
from lianxin.duties.models import DutyPledge
from lianxin.rulebook.models import Parameter
from lianxin.rulebook.selectors import forget
from lianxin.suggestions import services
from tests.factories import duties as make
from tests.factories import suggestions as papers
from tests.factories.cast import VILLAGE, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
PLEDGE = "推动三组通组路硬化"


def address(cast: Cast, who: str) -> str:
    return f"/deputies/{cast.deputy_row(who).pk}"


def pledged(cast: Cast, who: str) -> DutyPledge:
    row = duties.pledge_make(actor=getattr(cast, who), item=PLEDGE, due_on=clock.today())
    return duties.pledge_publish(actor=getattr(cast, who), pledge=row)


def test_the_page_shows_what_the_law_asks_to_be_published(cast: Cast, client: Client) -> None:
    row = papers.evaluated(cast)
    services.publication_propose(actor=cast.office, suggestion=row)
    services.suggestion_publish(actor=cast.office_second, suggestion=row)
    pledged(cast, "deputy_city")
    make.record(cast.deputy_city, "training", title="内部培训笔记", values={"organiser": "市人大"})
    page = words(client.get(address(cast, "deputy_city")))
    for shown in (cast.deputy_row("deputy_city").name, "测试届", PLEDGE, "学习培训", row.title):
        assert shown in page, shown
    assert "内部培训笔记" not in page, "days and kinds only"


def test_nothing_else_is_shown(cast: Cast, client: Client) -> None:
    make.diary(cast, "deputy_city", privacy="public")
    make.record(cast.deputy_city, "training", privacy="group", values={"organiser": "市人大"})
    paper = papers.evaluated(cast)
    page = words(client.get(address(cast, "deputy_city")))
    for hidden in ("民情日记", "学习培训", make.DIARY, paper.title, "分"):
        assert hidden not in page.split("参加的会议和活动")[1], hidden


def test_a_draft_of_a_pledge_is_nobody_s_business(cast: Cast, client: Client) -> None:
    duties.pledge_make(actor=cast.deputy_city, item=PLEDGE, due_on=clock.today())
    assert PLEDGE not in words(client.get(address(cast, "deputy_city")))


def test_what_is_published_is_chosen_locally(cast: Cast, client: Client) -> None:
    pledged(cast, "deputy_city")
    Parameter.objects.filter(name="assessment.public_fields").update(value=["name", "constituency"])
    forget()
    page = words(client.get(address(cast, "deputy_city")))
    assert PLEDGE not in page and "履职承诺" not in page and "测试届" in page


def test_somebody_unknown_is_not_found(cast: Cast, client: Client) -> None:
    assert client.get(f"/deputies/{uuid4()}").status_code == 404


def test_finding_a_deputy_leads_to_his_page(cast: Cast, client: Client) -> None:
    page = client.get(f"/deputies?town={VILLAGE[:9]}000").content.decode()
    assert f'href="{address(cast, "deputy_town")}"' in page


def test_the_page_is_small_and_asks_a_fixed_number_of_questions(cast: Cast, client: Client) -> None:
    client.get(address(cast, "deputy_city"))
    with CaptureQueriesContext(connection) as few:
        client.get(address(cast, "deputy_city"))
    pledged(cast, "deputy_city")
    for _ in range(20):
        make.record(cast.deputy_city, "training", values={"organiser": "市人大"})
    with CaptureQueriesContext(connection) as many:
        answer = client.get(address(cast, "deputy_city"))
    assert len(many) == len(few) <= 14
    assert len(gzip.compress(answer.content)) < 15_000
