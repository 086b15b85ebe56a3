"""Search shows everybody his own matters, however many others hold the same words."""

from __future__ import annotations

import pytest

from lianxin.common.actor import RESIDENT
from lianxin.common.ids import uuid7
from lianxin.handling.models import Reply
from lianxin.insight.search import FIRST_LOOK, search_all
from lianxin.opinions import services
from lianxin.opinions.selectors import similar_published
from lianxin.regions.loading import HOME6
from lianxin.search.index import index_put
from lianxin.suggestions.selectors import similar_earlier
from lianxin.web.matters import earlier_like
from tests.factories.cast import Cast
from tests.factories.opinions import recorded
from tests.factories.suggestions import registered, replied, submitted

pytestmark = pytest.mark.django_db


def _crowd(text: str, count: int, kind: str = "opinion") -> None:
    """Put matters of elsewhere into the index, all newer than what was said before."""
    for _ in range(count):
        index_put(kind=kind, object_id=uuid7(), home6=HOME6, title=text, text=text, scope_code="610981103000")


def test_a_keeper_finds_his_own_matter_behind_a_crowd_of_others(cast: Cast) -> None:
    opinion = recorded(cast)
    _crowd("岔路口的路灯不亮", FIRST_LOOK + 5)
    assert [hit.id for hit in search_all(cast.keeper, "路灯") if hit.kind == "opinion"] == [opinion.pk]
    assert not [hit for hit in search_all(cast.keeper_other, "路灯") if hit.kind == "opinion"]
    assert not [hit for hit in search_all(RESIDENT, "路灯") if hit.kind == "opinion"]


def test_a_suggestion_is_found_by_its_number(cast: Cast) -> None:
    row = registered(cast)
    found = [hit for hit in search_all(cast.office, str(row.number)) if hit.kind == "suggestion"]
    assert [(hit.id, hit.number) for hit in found] == [(row.pk, row.number)]


def test_residents_are_shown_the_published_matter_behind_a_crowd(cast: Cast) -> None:
    opinion = recorded(cast, may_publish=True)
    services.opinion_outgoing_check(actor=cast.keeper, opinion=opinion, text=opinion.outgoing_text)
    services.opinion_move(actor=cast.presidium, opinion=opinion, act="publish")
    _crowd(opinion.outgoing_text, 80)
    assert [match.object_id for match in similar_published(opinion.outgoing_text, HOME6)] == [opinion.pk]


def test_like_papers_are_numbered_ones_of_the_same_congress(cast: Cast) -> None:
    mine, waiting, known = (
        submitted(cast),
        submitted(cast, by="deputy_city_2"),
        registered(cast, by="deputy_city_3"),
    )
    found = [match.object_id for match in similar_earlier(mine.title + mine.situation, mine)]
    assert found == [known.pk] and waiting.pk not in found


def test_answers_that_are_not_public_stay_with_those_who_may_read_them(cast: Cast) -> None:
    old = replied(cast)
    old_reply = old.deliveries.get()
    assert old_reply.deputy_id == cast.deputy_row("deputy_city").pk
    Reply.objects.filter(pk=old_reply.reply_id).update(publish_level="not_public")
    row = submitted(cast, by="deputy_city_2")
    text = row.title + row.situation
    assert [one.answers for one in earlier_like(cast.deputy_city_2, text, row)] == [[]]
    assert [len(one.answers) for one in earlier_like(cast.office, text, row)] == [1]


def test_matters_do_not_push_the_station_and_the_deputy_off(cast: Cast) -> None:
    for turn in range(25):
        recorded(cast, f"段家河镇第{turn}处路灯不亮，请来看看")
    found = search_all(cast.keeper, "段家河")
    kinds = [hit.kind for hit in found]
    assert len(found) == 20 and {"opinion", "station", "division"} <= set(kinds)
    assert kinds[0] == "opinion", "matters come first"
    assert len(search_all(cast.keeper, "段家河", limit=5)) == 5
