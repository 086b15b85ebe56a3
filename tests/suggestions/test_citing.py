"""A paper that grew from residents' words: what happens when a resident takes his words back."""

from __future__ import annotations

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Denied, Refused
from lianxin.notifications.models import Notice
from lianxin.opinions.models import Opinion
from lianxin.opinions.services import opinion_withdraw
from lianxin.regions.loading import CITY
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from tests.factories import opinions as say
from tests.factories import suggestions as make
from tests.factories.cast import Cast
from tests.web.pages import entered, words

OTHER = "小学门口的路灯坏了半个月，晚上看不见台阶"


def citing(cast: Cast) -> tuple[Suggestion, Opinion]:
    """Return a draft that cites two opinions, and the first of them."""
    first, second = say.recorded(cast), say.recorded(cast, OTHER)
    row = services.suggestion_draft(
        actor=cast.deputy_city, body_code=CITY, draft=make.draft(), opinions=(first.id, second.id)
    )
    return row, first


def test_a_draft_is_not_filed_before_its_lead_has_seen_the_withdrawal(cast: Cast) -> None:
    row, opinion = citing(cast)
    opinion_withdraw(opinion=opinion)
    with pytest.raises(Refused, match="1 件已由群众撤回"):
        services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    services.sources_drop(actor=cast.deputy_city, suggestion=row)
    assert [one.quote for one in row.sources.all()] == [OTHER]
    assert services.suggestion_submit(actor=cast.deputy_city, suggestion=row).state == "submitted"
    opinion.refresh_from_db()
    assert opinion.state == "withdrawn"


def test_the_drop_is_on_the_record_by_number_without_the_words(cast: Cast) -> None:
    row, opinion = citing(cast)
    opinion_withdraw(opinion=opinion)
    services.sources_drop(actor=cast.deputy_city, suggestion=row)
    step = row.events.get(act="drop_withdrawn")
    assert step.facts == {"numbers": [opinion.number]} and step.to_state == "draft"
    assert AuditEntry.objects.filter(tag="suggestion.drop_withdrawn", target_id=str(row.id)).count() == 1


def test_only_the_lead_drops_and_only_what_was_taken_back(cast: Cast) -> None:
    row, opinion = citing(cast)
    with pytest.raises(Refused, match="都没有撤回"):
        services.sources_drop(actor=cast.deputy_city, suggestion=row)
    opinion_withdraw(opinion=opinion)
    for who in ("deputy_city_2", "office"):
        with pytest.raises(Denied):
            services.sources_drop(actor=getattr(cast, who), suggestion=row)
    assert row.sources.count() == 2


def test_what_was_taken_back_meanwhile_is_not_cited_at_all(cast: Cast) -> None:
    opinion = say.recorded(cast)
    opinion_withdraw(opinion=opinion)
    with pytest.raises(Refused, match="刚刚已由群众撤回"):
        services.suggestion_draft(
            actor=cast.deputy_city, body_code=CITY, draft=make.draft(), opinions=(opinion.id,)
        )
    assert not Suggestion.objects.exists()


def test_the_lead_is_told_once(cast: Cast) -> None:
    row, opinion = citing(cast)
    services.tick(clock.today())
    heard = Notice.objects.filter(about_id=row.id, subject__startswith="引用的一件民情已由群众撤回")
    assert not heard.exists()
    opinion_withdraw(opinion=opinion)
    services.tick(clock.today())
    services.tick(clock.today())
    assert [one.recipient_key for one in heard] == [str(cast.deputy_city.id)]


@pytest.mark.parametrize("page", ["", "/edit", "/submit"])
def test_the_words_leave_every_page_of_the_draft(cast: Cast, page: str) -> None:
    row, opinion = citing(cast)
    client = entered(cast, "deputy_city")
    before = words(client.get(f"/deputy/suggestions/{row.id}/edit"))
    assert say.LAMP in before
    opinion_withdraw(opinion=opinion)
    after = words(client.get(f"/deputy/suggestions/{row.id}{page}"))
    assert "已由群众撤回" in after and say.LAMP not in after


def test_one_button_drops_it_and_the_way_is_free(cast: Cast) -> None:
    row, opinion = citing(cast)
    opinion_withdraw(opinion=opinion)
    client, act = entered(cast, "deputy_city"), f"/deputy/suggestions/{row.id}/acts/drop_withdrawn"
    assert client.post(act, {}).status_code == 302
    assert "已由群众撤回" not in words(client.get(f"/deputy/suggestions/{row.id}"))
    assert client.post(act, {}).status_code == 409


def test_the_editor_begins_without_what_was_taken_back(cast: Cast) -> None:
    opinion = say.recorded(cast)
    opinion_withdraw(opinion=opinion)
    page = words(entered(cast, "deputy_city").get(f"/deputy/suggestions/new?opinions={opinion.id}"))
    assert "已由群众撤回" in page and say.LAMP not in page
