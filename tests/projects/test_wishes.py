"""征集: wishes are masked, coded, shown, joined once, and each gets its answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused, TooMany
from lianxin.projects import public, services
from lianxin.projects.models import Wish, WishChannel, WishSupport
from lianxin.projects.services import Wished
from lianxin.projects.services.wishes import code_of
from tests.factories import projects as make
from tests.factories.cast import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Cast

pytestmark = pytest.mark.django_db


def test_a_wish_is_masked_and_found_by_its_code(cast: Cast) -> None:
    row = make.opened(cast)
    made = make.wish(row, "我叫王小明，电话13812345678，想修路")
    assert "13812345678" not in made.text and made.entered_by is None
    assert public.wish_by_code(code_of(made)) == made
    assert code_of(made) not in str(Wish.objects.values().get(pk=made.pk))
    entry = AuditEntry.objects.filter(tag="project_round.add_wish").latest("seq")
    assert made.text not in entry.facts and str(made.pk) in entry.facts


def test_too_short_words_are_refused_field_by_field(cast: Cast) -> None:
    row = make.opened(cast)
    for wished, field in (
        (Wished("修", "村口", "全村"), "text"),
        (Wished("想把路修好", "", "全村"), "place"),
        (Wished("想把路修好", "村口", ""), "who_benefits"),
    ):
        with pytest.raises(Invalid) as said:
            services.wish_add(actor=RESIDENT, row=row, wished=wished)
        assert field in said.value.fields


def test_the_same_request_gives_the_same_wish(cast: Cast) -> None:
    row = make.opened(cast)
    first, second = (make.wish(row, request_id="one-and-the-same") for _ in range(2))
    assert first.pk == second.pk and row.wishes.count() == 1


def test_one_telephone_cannot_flood(cast: Cast) -> None:
    row = make.opened(cast)
    for _ in range(10):
        services.wish_add(actor=RESIDENT, row=row, wished=make.WISHED, browser_token="same")
    with pytest.raises(TooMany):
        services.wish_add(actor=RESIDENT, row=row, wished=make.WISHED, browser_token="same")


def test_after_the_collection_nothing_comes_in(cast: Cast) -> None:
    row = make.screening(cast)
    with pytest.raises(Conflict):
        make.wish(row)


def test_a_keeper_enters_paper_only_in_his_town(cast: Cast) -> None:
    row = make.opened(cast)
    made = services.wish_add(actor=cast.keeper, row=row, wished=make.WISHED, channel=WishChannel.PAPER)
    assert made.entered_by == cast.keeper.id
    for stranger in (cast.keeper_other, cast.clerk, cast.village):
        with pytest.raises(Denied):
            services.wish_add(actor=stranger, row=row, wished=make.WISHED, channel=WishChannel.PAPER)


def test_a_deputy_brings_a_wish_of_his_own_congress(cast: Cast) -> None:
    row = make.opened(cast)
    assert services.wish_add(actor=cast.deputy_town, row=row, wished=make.WISHED, channel=WishChannel.DEPUTY)
    with pytest.raises(Denied):
        services.wish_add(actor=cast.deputy_other, row=row, wished=make.WISHED)


def test_a_place_outside_the_round_is_not_taken_over(cast: Cast) -> None:
    row = make.opened(cast)
    inside, outside = (
        services.wish_add(actor=RESIDENT, row=row, wished=Wished("想把路修好", "村口", "全村", code))
        for code in (VILLAGE, OTHER_VILLAGE)
    )
    assert inside.division_code == VILLAGE and outside.division_code == TOWN


def test_also_wanted_counts_once_for_a_browser_and_only_when_shown(cast: Cast) -> None:
    made = make.wish(make.opened(cast))
    with pytest.raises(Conflict):
        services.wish_support(actor=RESIDENT, wish=made, browser_token="a")
    services.wish_show(actor=cast.keeper, wish=made)
    for token in ("a", "a", "b"):
        services.wish_support(actor=RESIDENT, wish=made, browser_token=token)
    assert made.supports.count() == 2
    assert "a" not in WishSupport.objects.values_list("token_hash", flat=True)
    assert public.shown_wishes(TOWN)[0].wanted == 2  # type: ignore[attr-defined] # annotated


def test_an_unread_wish_is_not_public(cast: Cast) -> None:
    made = make.wish(make.opened(cast))
    assert public.shown_wishes(TOWN) == []
    with pytest.raises(NotFound):
        public.shown_wish(made.pk)
    with pytest.raises(Denied):
        services.wish_show(actor=cast.keeper_other, wish=made)


def test_every_wish_gets_an_answer(cast: Cast) -> None:
    row = make.opened(cast)
    first, second = make.wish(row), make.wish(row, "想给每家发一台电视机")
    services.collection_close(actor=cast.presidium, row=row)
    project = make.card(cast, row)
    services.wish_take(actor=cast.presidium, wish=first, project=project)
    with pytest.raises(Invalid):
        services.wish_refuse(actor=cast.presidium, wish=second, reason="不行")
    services.session_set(actor=cast.presidium, row=row, session_on=clock.today() + timedelta(days=10))
    with pytest.raises(Refused, match="1 条意愿"):
        services.candidates_fix(actor=cast.presidium, row=row)
    services.wish_refuse(actor=cast.presidium, wish=second, reason="个人家用物品不属于公共服务项目。")
    assert public.wish_by_code(code_of(second)).reason.startswith("个人家用")
    with pytest.raises(Conflict):
        services.wish_refuse(actor=cast.presidium, wish=first, reason="已经归入项目了，不能再退。")


def test_a_wish_goes_only_into_a_card_of_its_own_round(cast: Cast) -> None:
    made = make.wish(make.opened(cast))
    other = make.card(cast, make.opened(cast, OTHER_TOWN))
    with pytest.raises(Invalid):
        services.wish_take(actor=cast.presidium, wish=made, project=other)
    with pytest.raises(Denied):
        services.wish_refuse(actor=cast.presidium_other, wish=made, reason="不归本镇办，请到邻镇去提。")
