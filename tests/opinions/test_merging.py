"""The same matter said by several: merged reversibly, every author told, every source kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.opinions import selectors, services, voices
from lianxin.opinions.models import Channel, ClusterMember, Opinion
from lianxin.opinions.services import Said
from lianxin.opinions.services.feedback import told_again
from lianxin.regions.loading import HOME6
from tests.factories import opinions as make
from tests.factories.cast import VILLAGE, Cast


def three(cast: Cast) -> list[Opinion]:
    """Return one matter said by three channels."""
    rows = [make.recorded(cast)]
    for channel, text in (
        (Channel.PAPER, "李家庄小学那条路晚上黑黢黢的"),
        (Channel.TELEPHONE, "三组岔路口莫得路灯"),
    ):
        said = Said(text, village=VILLAGE)
        done = services.opinion_submit(actor=cast.keeper, station=cast.station(), said=said, channel=channel)
        rows.append(services.opinion_move(actor=cast.keeper, opinion=done.opinion, act="accept"))
    return rows


def merged(cast: Cast) -> list[Opinion]:
    rows = three(cast)
    services.opinions_merge(actor=cast.keeper, lead=rows[0], others=rows[1:], reason="同一段路没有路灯")
    return rows


def test_three_channels_merge_with_their_sources(cast: Cast) -> None:
    lead, *others = merged(cast)
    sources = voices.sources_of(lead)
    assert [source.channel for source in sources] == ["扫码", "纸条", "电话"]
    assert [source.offline for source in sources] == [False, True, True]
    assert voices.voices(lead) == 3
    assert all(lead.number in selectors.public_steps(other)[-1].text for other in others)
    assert "并到这一件" in selectors.public_steps(lead)[-1].text
    assert {other.text for other in others} == {"李家庄小学那条路晚上黑黢黢的", "三组岔路口莫得路灯"}


def test_one_answer_reaches_every_author_without_naming_another(cast: Cast) -> None:
    lead = make.recorded(cast, name="钱桂花", phone="13800001111")
    other = make.recorded(cast, "三组没有灯，晚上看不见路")
    services.opinions_merge(actor=cast.keeper, lead=lead, others=[other], reason="同一件事")
    services.opinion_answer(actor=cast.keeper, opinion=lead, text="下周装灯")
    services.opinion_feed_back(actor=cast.keeper, opinion=lead, text="钱桂花您好，路灯下周就装")
    other.refresh_from_db()
    assert other.state == "fed_back" and "路灯下周就装" in other.answer
    shown = other.answer + "".join(step.text for step in selectors.public_steps(other))
    assert "钱桂花" not in shown
    services.opinion_evaluate(opinion=other, rating="satisfied")
    services.opinion_close(actor=cast.keeper, opinion=lead)
    other.refresh_from_db()
    assert other.state == "closed"


def test_no_answer_that_units_or_everybody_may_read_names_an_author(cast: Cast) -> None:
    lead = make.recorded(cast, name="钱桂花", phone="13800001111", may_publish=True)
    other = make.recorded(cast, "三组没有灯，晚上看不见路", name="孙有粮", phone="13800002222")
    services.opinions_merge(actor=cast.keeper, lead=lead, others=[other], reason="同一件事")
    text = "钱桂花（13800001111）、孙有粮您们好，路灯下周就装"
    services.opinion_answer(actor=cast.keeper, opinion=lead, text=text)
    names = ("钱桂花", "13800001111", "孙有粮")
    assert "路灯下周就装" in lead.answer and not any(name in lead.answer for name in names)
    services.opinion_feed_back(actor=cast.keeper, opinion=lead, text=text)
    told_again(lead, answer=text, by="交通运输局", public=text)
    for row in (lead, Opinion.objects.get(pk=other.pk)):
        shown = row.answer + "".join(step.text for step in selectors.public_steps(row))
        assert "路灯下周就装" in row.answer and not any(name in shown for name in names)


def test_an_answer_kept_with_a_name_loses_it_when_it_is_published(cast: Cast) -> None:
    opinion = make.recorded(cast, name="钱桂花", phone="13800001111", may_publish=True)
    services.opinion_outgoing_check(actor=cast.keeper, opinion=opinion, text=opinion.outgoing_text)
    Opinion.objects.filter(pk=opinion.pk).update(answer="钱桂花您好，路灯下周就装")
    opinion.refresh_from_db()
    services.opinion_move(actor=cast.presidium, opinion=opinion, act="publish")
    assert selectors.published(HOME6).get().answer == "〔姓名已隐去〕您好，路灯下周就装"


def test_a_wrong_merge_is_undone(cast: Cast) -> None:
    lead, other, _ = merged(cast)
    services.opinion_unmerge(actor=cast.keeper, opinion=other, reason="不是同一段路")
    assert other.state == "recorded" and voices.voices(lead) == 2
    assert ClusterMember.objects.filter(opinion=other).count() == 1  # the row stays as history
    with pytest.raises(Conflict):
        services.opinion_unmerge(actor=cast.keeper, opinion=other, reason="再拆一次")
    services.opinions_merge(actor=cast.keeper, lead=lead, others=[other], reason="还是同一件")
    assert other.state == "merged"


def test_what_lay_under_a_merged_matter_comes_along(cast: Cast) -> None:
    lead, *_ = merged(cast)
    top = make.recorded(cast, "李家庄全村的路灯都要装")
    services.opinions_merge(actor=cast.keeper, lead=top, others=[lead], reason="并到全村的一件")
    assert voices.voices(top) == 4


def test_bad_merges_are_refused(cast: Cast) -> None:
    lead, other, merged_one = merged(cast)
    with pytest.raises(Invalid):
        services.opinions_merge(actor=cast.keeper, lead=lead, others=[lead], reason="并到自己")
    with pytest.raises(Conflict):
        services.opinions_merge(actor=cast.keeper, lead=other, others=[make.recorded(cast)], reason="链")
    with pytest.raises(Denied):
        services.opinions_merge(
            actor=cast.keeper_other, lead=lead, others=[make.recorded(cast)], reason="别站"
        )
    sealed = make.said(cast, "我要举报村会计侵占集体的钱", insists_sealed=True).opinion
    services.opinion_move(actor=cast.keeper, opinion=sealed, act="accept")
    with pytest.raises(Refused):
        services.opinions_merge(actor=cast.keeper, lead=lead, others=[sealed], reason="密件")
    ended = make.recorded(cast, "一件要引导走的事情")
    services.opinion_move(actor=cast.keeper, opinion=ended, act="guide", note="请到法院起诉")
    with pytest.raises(Refused):
        services.opinions_merge(
            actor=cast.keeper, lead=ended, others=[make.recorded(cast)], reason="并到办结的"
        )
    assert merged_one.state == "merged"


def test_when_the_first_author_withdraws_the_others_go_on(cast: Cast) -> None:
    lead, other, _ = merged(cast)
    services.opinion_withdraw(opinion=lead)
    other.refresh_from_db()
    assert other.state == "recorded"


def test_when_the_matter_is_guided_away_every_author_is_told(cast: Cast) -> None:
    lead, other, _ = merged(cast)
    services.opinion_move(actor=cast.keeper, opinion=lead, act="guide", note="请到法院起诉供电公司")
    other.refresh_from_db()
    assert (other.state, other.outcome) == ("closed", "guided")
    assert "请到法院" in selectors.public_steps(other)[-1].text


def test_a_merged_author_may_still_withdraw(cast: Cast) -> None:
    lead, other, _ = merged(cast)
    services.opinion_withdraw(opinion=other)
    assert voices.voices(lead) == 2


def published(cast: Cast) -> Opinion:
    opinion = make.recorded(cast, may_publish=True)
    services.opinion_outgoing_check(actor=cast.keeper, opinion=opinion, text=opinion.outgoing_text)
    return services.opinion_move(actor=cast.presidium, opinion=opinion, act="publish")


def test_me_too_counts_once_for_a_browser_and_adds_the_registered(cast: Cast) -> None:
    opinion = published(cast)
    for token in ("a", "a", "b"):
        services.opinion_support(opinion=opinion, browser_token=token)
    assert voices.voices_about(opinion) == "约 2 人次"
    services.opinion_support_register(actor=cast.keeper, opinion=opinion, persons=3)
    assert voices.voices_about(opinion) == "约 5 人次"
    entry = AuditEntry.objects.get(tag="opinion.register_support")
    assert entry.actor_id == cast.keeper.id and '"persons":3' in entry.facts.replace(" ", "")


def test_me_too_is_for_published_matters_and_registering_for_the_station(cast: Cast) -> None:
    hidden = make.recorded(cast)
    with pytest.raises(NotFound):
        services.opinion_support(opinion=hidden, browser_token="a")
    for who in ("keeper_other", "deputy_town", "clerk"):
        with pytest.raises(Denied):
            services.opinion_support_register(actor=getattr(cast, who), opinion=hidden, persons=1)
    for persons in (0, 51):
        with pytest.raises(Invalid):
            services.opinion_support_register(actor=cast.keeper, opinion=hidden, persons=persons)


def test_like_matters_are_shown_inside_ones_own_area_only(cast: Cast) -> None:
    lead = make.recorded(cast)
    words = "李家庄三组到小学的路没有路灯，孩子走着害怕"
    assert [match.object_id for match in selectors.similar_for(cast.keeper, words)] == [lead.pk]
    assert selectors.similar_for(cast.keeper, words)[0].common_terms
    assert selectors.similar_for(cast.keeper_other, words) == []
    assert selectors.similar_for(cast.clerk, words) == []
    assert selectors.similar_published(words, HOME6) == []
    shown = published(cast)
    assert shown.pk in [match.object_id for match in selectors.similar_published(words, HOME6)]


def many(cast: Cast, count: int) -> None:
    for n in range(count):
        make.said(cast, f"第{n}处路面塌陷，请来修一修")


def test_a_focus_needs_twenty_and_the_office(cast: Cast) -> None:
    many(cast, 19)
    promote = {"home6": HOME6, "category": "交通道路", "title": "通村路面塌陷"}
    with pytest.raises(Refused):
        services.topic_promote(actor=cast.office, **promote)
    make.said(cast, "又有一处路面塌陷")
    with pytest.raises(Denied):
        services.topic_promote(actor=cast.keeper, **promote)
    services.topic_promote(actor=cast.office, **promote)
    row = selectors.yearly_list(HOME6, clock.today().year).get()
    assert row.opinions_count == selectors.topic_opinions(HOME6, "交通道路").count() == 20
    assert selectors.topics(cast.office)[0]["listed"] and selectors.topics(cast.office)[0]["trend"] == 20


def test_a_trend_tells_the_months(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        many(cast, 2)
    make.said(cast, "今天又有一处路面塌陷")
    topic = selectors.topics(cast.keeper)[0]
    assert (topic["month"], topic["before"], topic["trend"]) == (1, 2, -1)
    months = selectors.topic_months(HOME6, "交通道路")
    assert sum(count for _, count in months) == 3 and months[-1][0] == f"{clock.today():%Y-%m}"


def test_figures_equal_their_lists(cast: Cast) -> None:
    many(cast, 3)
    merged(cast)
    counts = selectors.figures(cast.keeper)
    for tab in ("todo", "going", "done"):
        assert counts[tab] == len(selectors.opinions_page(cast.keeper, tab=tab, limit=500))
    total = sum(row["count"] for row in selectors.channels(cast.keeper))
    assert total == len(selectors.opinions_page(cast.keeper, limit=500))


def test_a_list_of_fifty_costs_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    many(cast, 50)
    keeper = cast.keeper
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        rows = selectors.opinions_page(keeper, limit=50)
        assert len([selectors.text_for(keeper, row) for row in rows]) == 50
