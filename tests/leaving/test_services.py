"""离任移交: everything in hand finds a receiver who says yes, then all of it moves at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.contacts.models import Avoidance, Pairing
from lianxin.duties import services as duties
from lianxin.duties.models import DutyPledge
from lianxin.leaving import holdings, services
from lianxin.leaving.models import Leaving, LeavingItem
from lianxin.leaving.permissions import items_visible_to, may, may_item, visible_to
from lianxin.notifications.models import CallTask, Notice
from lianxin.people.models import DeputyGroup, Seat
from lianxin.stations.models import DutyTurn, GridRole
from lianxin.stations.services import turn_leave
from lianxin.villages.models import VillageProfile
from tests.factories import leaving as make
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
ALL = {"household", "grid", "group", "village", "turn", "pledge", "suggestion"}


def test_everything_in_hand_is_listed_at_once(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    assert set(leaving.items.values_list("kind", flat=True)) == ALL
    assert leaving.items.get(kind="household").label.count("石榴湾") == 0, "numbers, never names"
    assert Notice.objects.filter(recipient_key=str(cast.deputy_city.id), about_kind="leaving").exists()


def test_one_leaving_at_a_time(cast: Cast) -> None:
    make.opened(cast)
    with pytest.raises(Conflict):
        make.opened(cast)


@pytest.mark.parametrize("who", ["keeper", "presidium_other", "deputy_city", "admin", "security", "clerk"])
def test_others_do_not_begin_it(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        services.leaving_open(
            actor=getattr(cast, who),
            deputy=cast.deputy_row("deputy_city"),
            why="moved",
            leaves_on=clock.today(),
        )


@pytest.mark.parametrize("change", [{"why": "bad"}, {"leaves_on": clock.today() - timedelta(days=900)}])
def test_reason_and_day_are_checked(cast: Cast, change: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        make.opened(cast, **change)


def test_everything_moves_to_the_receiver_when_it_is_finished(cast: Cast) -> None:
    leaving = make.ready(cast)
    services.leaving_finish(actor=cast.presidium, leaving=leaving)
    new, old = cast.deputy_row("deputy_town"), cast.deputy_row("deputy_city")
    assert (
        Pairing.objects.get(deputy=new, state="active").household == Pairing.objects.get(deputy=old).household
    )
    assert Pairing.objects.get(deputy=old).state == "ended"
    assert GridRole.objects.get(valid_to=None).deputy == new
    assert DeputyGroup.objects.get(pk=make.item(leaving, "group").target).leader == new
    assert VillageProfile.objects.get().supervising_deputy == new
    assert DutyTurn.objects.get(state="scheduled").deputy == new
    assert [(row.deputy, row.state) for row in DutyPledge.objects.order_by("id")] == [
        (old, "released"),
        (new, "open"),
    ]
    assert set(leaving.items.values_list("state", flat=True)) == {"done"}
    assert leaving.state == "finished" and leaving.finished_on == clock.today()
    assert holdings.in_hand(cast.account("deputy_city")) == 0


def test_both_sides_and_the_household_are_told(cast: Cast) -> None:
    leaving = make.ready(cast)
    services.leaving_finish(actor=cast.presidium, leaving=leaving)
    told = set(Notice.objects.filter(about_id=leaving.pk).values_list("recipient_key", flat=True))
    assert {str(cast.deputy_city.id), str(cast.deputy_town.id)} <= told
    assert CallTask.objects.filter(about_kind="pairing").exists()


def test_a_household_that_has_not_agreed_is_covered_until_it_has(cast: Cast) -> None:
    leaving = make.ready(cast)
    pairing = Pairing.objects.get()
    pairing.household.consents.update(valid_until=clock.today() - timedelta(days=1))  # type: ignore[union-attr]
    services.leaving_finish(actor=cast.presidium, leaving=leaving)
    pairing.refresh_from_db()
    assert pairing.state == "replacing" and pairing.cover == cast.deputy_row("deputy_town")
    assert Pairing.objects.exclude(pk=pairing.pk).get().state == "proposed"
    assert CallTask.objects.filter(reason="征求对新联系人的意见").count() == 1


@pytest.mark.parametrize("kind", ["household", "grid", "pledge"])
def test_nothing_moves_while_one_thing_has_no_receiver(cast: Cast, kind: str) -> None:
    leaving = make.ready(cast)
    one = make.item(leaving, kind)
    services.receiver_name(
        actor=cast.presidium, leaving=leaving, items=[one.pk], deputy=cast.deputy_row("deputy_town_2")
    )
    with pytest.raises(Refused, match="等接手人确认"):
        services.leaving_finish(actor=cast.presidium, leaving=leaving)
    services.item_decline(actor=cast.deputy_town_2, item=make.item(leaving, kind), reason="在外地")
    with pytest.raises(Refused, match="没有接手人"):
        services.leaving_finish(actor=cast.presidium, leaving=leaving)
    assert Pairing.objects.get().state == "active"


def test_what_came_since_stops_the_finish(cast: Cast) -> None:
    leaving = make.ready(cast)
    pledge = duties.pledge_make(actor=cast.deputy_city, item="再修一段渠", due_on=clock.today())
    duties.pledge_publish(actor=cast.deputy_city, pledge=pledge)
    with pytest.raises(Refused, match="没有接手人"):
        services.leaving_finish(actor=cast.presidium, leaving=leaving)
    assert Pairing.objects.get().state == "active"


def test_what_settled_meanwhile_is_noted_as_over(cast: Cast) -> None:
    leaving = make.ready(cast)
    turn_leave(actor=cast.deputy_city, turn=DutyTurn.objects.get())
    services.leaving_refresh(actor=cast.presidium, leaving=leaving)
    assert make.item(leaving, "turn").state == "over"
    services.leaving_finish(actor=cast.presidium, leaving=leaving)


def test_the_receiver_answers_for_himself(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    make.named(cast, leaving, "household")
    for who in ("deputy_city", "deputy_town_2", "presidium", "office", "keeper"):
        with pytest.raises(Denied):
            services.item_accept(actor=getattr(cast, who), item=make.item(leaving, "household"))
    done = services.item_accept(actor=cast.deputy_town, item=make.item(leaving, "household"))
    assert done.state == "accepted"


def test_declining_needs_a_word_and_the_presidium_hears_of_it(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    make.named(cast, leaving, "household")
    with pytest.raises(Invalid):
        services.item_decline(actor=cast.deputy_town, item=make.item(leaving, "household"), reason="")
    done = services.item_decline(
        actor=cast.deputy_town, item=make.item(leaving, "household"), reason="在外地"
    )
    assert (done.state, done.receiver, done.note) == ("waiting", None, "在外地")
    assert Notice.objects.filter(recipient_key=str(cast.presidium.id), about_kind="leaving").exists()


@pytest.mark.parametrize(
    ("kind", "to", "words"),
    [
        ("household", "deputy_city", "另选一位"),
        ("household", "deputy_other", "本镇"),
        ("grid", "deputy_other", "本镇"),
        ("group", "deputy_town_2", "本组"),
        ("suggestion", "deputy_town", "联名"),
        ("turn", "deputy_other", "本站"),
    ],
)
def test_who_does_not_suit_is_not_asked(cast: Cast, kind: str, to: str, words: str) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    with pytest.raises(Refused, match=words):
        make.named(cast, leaving, kind, to=to)
    assert make.item(leaving, kind).state == "waiting"


def test_who_no_longer_sits_is_not_asked(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    Seat.objects.filter(deputy=cast.deputy_row("deputy_town")).update(
        valid_to=clock.today() - timedelta(days=1)
    )
    with pytest.raises(Refused, match="不在任"):
        make.named(cast, leaving, "household")


def test_a_declared_avoidance_is_honoured(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    Avoidance.objects.create(deputy=cast.deputy_row("deputy_town"), target=Pairing.objects.get().target)
    with pytest.raises(Refused, match="回避"):
        make.named(cast, leaving, "household")


def test_a_cosigner_takes_a_paper_over_or_the_body_does(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    make.named(cast, leaving, "suggestion", to="deputy_city_2")
    assert make.item(leaving, "suggestion").state == "asked"
    kept = services.item_keep(actor=cast.office, item=make.item(leaving, "suggestion"))
    assert kept.with_body and kept.state == "accepted"
    with pytest.raises(Refused, match="不能由机关代办"):
        services.item_keep(actor=cast.presidium, item=make.item(leaving, "household"))


def test_somebody_stands_in_from_today(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    covered = make.item(leaving, "household")
    services.item_cover(actor=cast.presidium, item=covered, deputy=cast.deputy_row("deputy_town"))
    pairing = Pairing.objects.get()
    assert pairing.state == "replacing" and pairing.cover == cast.deputy_row("deputy_town")
    assert make.item(leaving, "household").state == "waiting", "standing in is not taking over"
    with pytest.raises(Refused):
        services.item_cover(
            actor=cast.presidium, item=make.item(leaving, "grid"), deputy=cast.deputy_row("deputy_town")
        )


def test_an_account_is_closed_only_with_empty_hands(cast: Cast) -> None:
    leaving = make.ready(cast)
    account = cast.account("deputy_city")
    with pytest.raises(Refused, match="7 项"):
        services.account_close_checked(actor=cast.admin, account=account)
    services.leaving_finish(actor=cast.presidium, leaving=leaving)
    assert not services.account_close_checked(actor=cast.admin, account=account).is_active


def test_a_keeper_hands_his_post_to_whoever_holds_the_role(cast: Cast) -> None:
    leaving = services.leaving_open_post(
        actor=cast.presidium,
        account=cast.account("keeper"),
        role=Role.KEEPER,
        why="moved",
        leaves_on=clock.today(),
    )
    post = make.item(leaving, "post")
    for who, words in (("keeper", "另选一位"), ("keeper_other", "授予")):
        with pytest.raises(Refused, match=words):
            services.receiver_name(
                actor=cast.presidium, leaving=leaving, items=[post.pk], account=cast.account(who)
            )
    services.receiver_name(
        actor=cast.presidium, leaving=leaving, items=[post.pk], account=cast.account("keeper_city")
    )
    services.item_accept(actor=cast.keeper_city, item=make.item(leaving, "post"))
    with pytest.raises(Refused):
        services.account_close_checked(actor=cast.admin, account=cast.account("keeper"))
    services.leaving_finish(actor=cast.presidium, leaving=leaving)
    assert not services.account_close_checked(actor=cast.admin, account=cast.account("keeper")).is_active


def test_a_cancelled_leaving_leaves_everything_as_it_is(cast: Cast) -> None:
    leaving = make.ready(cast)
    with pytest.raises(Invalid):
        services.leaving_cancel(actor=cast.presidium, leaving=leaving, reason="")
    services.leaving_cancel(actor=cast.presidium, leaving=leaving, reason="不走了")
    assert Pairing.objects.get().state == "active"
    with pytest.raises(Conflict):
        services.leaving_finish(actor=cast.presidium, leaving=leaving)
    make.named(cast, make.opened(cast), "household")


def test_lists_and_objects_obey_one_rule(cast: Cast) -> None:
    make.laden(cast)
    make.named(cast, make.opened(cast), "household")
    for who in Cast.names:
        actor = getattr(cast, who)
        assert set(visible_to(actor)) == {one for one in Leaving.objects.all() if may(actor, "view", one)}, (
            who
        )
        seen = {one for one in LeavingItem.objects.all() if may_item(actor, "view", one)}
        assert set(items_visible_to(actor)) == seen, who
    assert items_visible_to(cast.deputy_town).count() == 1


def test_the_trail_holds_no_names_and_no_words(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    make.named(cast, leaving, "household")
    services.item_decline(actor=cast.deputy_town, item=make.item(leaving, "household"), reason="家里有病人")
    trail = " ".join(str(row.facts) for row in AuditEntry.objects.filter(tag__startswith="leaving."))
    assert "家里有病人" not in trail and cast.deputy_row("deputy_town").name not in trail


def test_who_does_not_answer_is_reminded_once(cast: Cast) -> None:
    make.laden(cast)
    make.named(cast, make.opened(cast), "household")
    assert services.leaving_remind(clock.today()) == 0
    later = clock.today() + timedelta(days=3)
    services.leaving_remind(later)
    services.leaving_remind(later)
    assert Notice.objects.filter(subject="还有移交的事等您确认").count() == 1
