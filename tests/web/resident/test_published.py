"""A published suggestion and its replies: what everybody reads, and what nobody reads there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lianxin.handling.models import Reply
from lianxin.opinions.codes import code_of
from lianxin.regions.loading import CITY
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from tests.factories import opinions as say
from tests.factories import suggestions as make
from tests.factories.cast import Cast
from tests.web.pages import entered, words

pytestmark = pytest.mark.django_db


def published(cast: Cast, row: Suggestion | None = None, **changes: Any) -> Suggestion:
    """Return a suggestion that two people of the office have published."""
    row = make.evaluated(cast, row, **changes)
    services.publication_propose(actor=cast.office, suggestion=row)
    return services.suggestion_publish(actor=cast.office_second, suggestion=row)


def page(client: Client, row: Suggestion) -> Any:
    return client.get(f"/results/suggestions/{row.id}")


def test_each_demand_stands_beside_its_answer(cast: Cast, client: Client) -> None:
    row = published(cast)
    answer = page(client, row)
    said = words(answer)
    assert said.index(make.DEMANDS[0]) < said.index("装好路灯十二盏") < said.index(make.DEMANDS[1])
    assert row.situation in said and row.number in said and "A 已解决或采纳" in said
    assert len(answer.content) < 60_000 and "<script" not in answer.content.decode().split("<main")[1]


def test_nobody_s_telephone_and_no_contact_stands_there(cast: Cast, client: Client) -> None:
    row = published(cast, reply_class="B")
    Reply.objects.filter(assignment__matter_id=row.id).update(contact_phone="13909150000")
    said = words(page(client, row))
    assert "二期支路路灯" in said and "还没到兑现" in said
    assert not any(private in said for private in ("13909150000", "孙经办", "责任人"))


@pytest.mark.parametrize("who", ["", "office", "deputy_city", "clerk"])
def test_what_is_not_published_is_not_there_for_anybody(cast: Cast, client: Client, who: str) -> None:
    row = make.evaluated(cast)
    assert page(entered(cast, who) if who else client, row).status_code == 404


def test_what_was_taken_down_is_gone(cast: Cast, client: Client) -> None:
    row = published(cast)
    services.suggestion_unpublish(actor=cast.office, suggestion=row, note="有一处要更正")
    assert page(client, row).status_code == 404


def test_a_reply_that_is_not_for_everybody_stays_out(cast: Cast, client: Client) -> None:
    row = published(cast)
    Reply.objects.filter(assignment__matter_id=row.id).update(publish_level="on_request")
    said = words(page(client, row))
    assert "没有可以公开的答复" in said and "装好路灯十二盏" not in said


def test_the_list_and_the_deputy_s_page_lead_there(cast: Cast, client: Client) -> None:
    row = published(cast)
    link = f'href="/results/suggestions/{row.id}"'
    for path in ("/results", f"/deputies/{row.lead_id}"):
        assert link in client.get(path).content.decode()


def test_the_resident_reads_the_reply_from_his_matter(cast: Cast, client: Client) -> None:
    opinion = say.recorded(cast)
    row = services.suggestion_draft(
        actor=cast.deputy_city, body_code=CITY, draft=make.draft(), opinions=(opinion.id,)
    )
    services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.suggestion_register(actor=cast.office, suggestion=row)
    parts = [make.Part("transport", make.Mode.SOLE)]
    services.suggestion_assign(actor=cast.office, suggestion=row, parts=parts)
    published(cast, make.replied(cast, row))
    own = client.post("/progress", {"code": code_of(opinion)}, follow=True).content.decode()
    assert f'href="/results/suggestions/{row.id}"' in own
    assert say.LAMP not in words(page(client, row))
