"""Papers handled together: each deputy of each paper follows the matter, gets the reply, may withdraw."""

from __future__ import annotations

import pytest

from lianxin.common.errors import Denied, Refused
from lianxin.documents.letters import recipients
from lianxin.handling.selectors import letters_of
from lianxin.notifications.models import Notice
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import may
from lianxin.suggestions.selectors import deliveries_to, suggestions_page
from tests.factories import suggestions as make
from tests.factories.cast import Cast
from tests.web.pages import entered


def merged(cast: Cast) -> tuple[Suggestion, Suggestion]:
    """Return a paper in a unit's hands, and one of another lead with a co-signer that was merged into it."""
    main, mine = make.assigned(cast), make.drafted(cast, by="deputy_city_2")
    beside = cast.deputy_row("deputy_city_3").pk
    services.cosigners_invite(actor=cast.deputy_city_2, suggestion=mine, deputies=[beside])
    services.cosign_answer(actor=cast.deputy_city_3, suggestion=mine, agree=True)
    services.suggestion_submit(actor=cast.deputy_city_2, suggestion=mine)
    services.suggestion_register(actor=cast.office, suggestion=mine)
    services.suggestion_merge(actor=cast.office, suggestion=mine, into=main, note="同一件事")
    return main, mine


def take_back(cast: Cast, mine: Suggestion) -> Suggestion:
    return services.suggestion_withdraw(actor=cast.deputy_city_2, suggestion=mine, note="已经办好，撤回")


def addressed(cast: Cast, main: Suggestion, who: str) -> bool:
    return str(cast.deputy_row(who).pk) in make.part_of(main).deputies


def test_a_co_signer_of_a_merged_paper_follows_the_main_one(cast: Cast) -> None:
    main, _ = merged(cast)
    assert main.pk in {row.pk for row in suggestions_page(cast.deputy_city_3)}
    assert may(cast.deputy_city_3, "view", main) and not may(cast.deputy_town, "view", main)
    assert not may(cast.deputy_city_3, "evaluate", main) and not may(cast.deputy_city_3, "withdraw", main)


def test_a_co_signer_of_a_merged_paper_gets_the_reply_and_its_letter(cast: Cast) -> None:
    main, mine = merged(cast)
    assert addressed(cast, main, "deputy_city_3")
    make.answer(cast, main)
    assert deliveries_to(cast.deputy_city_3, mine).count() == 1
    assert deliveries_to(cast.deputy_city_3, main).count() == 0
    told = Notice.objects.filter(subject__contains="已答复", recipient_key=str(cast.deputy_city_3.id))
    assert told.count() == 1
    letter = next(one for one in letters_of(main.id) if one.kind == "reply")
    assert str(cast.deputy_row("deputy_city_3").pk) in recipients(letter)
    assert entered(cast, "deputy_city_3").get(f"/deputy/suggestions/{main.id}").status_code == 200


def test_who_declined_under_the_merged_paper_gets_nothing(cast: Cast) -> None:
    main, mine = merged(cast)
    mine.cosignatures.update(state="declined")
    assert main.pk not in {row.pk for row in suggestions_page(cast.deputy_city_3)}
    make.answer(cast, main)
    assert not deliveries_to(cast.deputy_city_3, mine).exists()


def test_the_lead_of_a_merged_paper_withdraws_it_and_the_main_one_goes_on(cast: Cast) -> None:
    main, mine = merged(cast)
    take_back(cast, mine)
    main.refresh_from_db()
    assert (mine.state, mine.outcome, mine.merged_into_id) == ("withdrawn", "withdrawn", None)
    assert main.state == "assigned" and addressed(cast, main, "deputy_city")
    assert not addressed(cast, main, "deputy_city_2") and not addressed(cast, main, "deputy_city_3")
    heard = Notice.objects.filter(subject__startswith="并案的一件已由代表撤回")
    assert [one.recipient_key for one in heard] == [str(cast.deputy_city.id)]
    make.answer(cast, main)
    assert not mine.deliveries.exists() and main.deliveries.count() == 1


def test_nobody_else_withdraws_a_merged_paper(cast: Cast) -> None:
    _, mine = merged(cast)
    for who in ("deputy_city", "deputy_city_3", "office"):
        with pytest.raises(Denied):
            services.suggestion_withdraw(actor=getattr(cast, who), suggestion=mine, note="已经办好，撤回")


def test_after_the_common_reply_it_is_too_late(cast: Cast) -> None:
    main, mine = merged(cast)
    make.answer(cast, main)
    with pytest.raises(Refused, match="已经答复"):
        take_back(cast, mine)
    assert mine.deliveries.count() == 2


def test_the_page_offers_it_to_the_lead(cast: Cast) -> None:
    _, mine = merged(cast)
    act = f"/deputy/suggestions/{mine.id}/acts/withdraw"
    assert entered(cast, "deputy_city_3").post(act, {"note": "已经办好，撤回"}).status_code == 403
    assert entered(cast, "deputy_city_2").post(act, {"note": "已经办好，撤回"}).status_code == 302
