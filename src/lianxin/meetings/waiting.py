"""What of a forum waits for somebody: a pack to read, an answer to judge or to give, a sum to check."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianxin.ballots.models import Ballot
from lianxin.ballots.workflow import State as Vote
from lianxin.common.actor import Actor, Role
from lianxin.meetings.models import DutyReview, Forum, ForumItem, ForumRead, ItemUnit, ReviewMeeting
from lianxin.meetings.permissions import forums_visible_to, within
from lianxin.meetings.reviews_workflow import State as Review
from lianxin.meetings.services.review_step import ABOUT
from lianxin.meetings.workflow import CHAIRS, HOSTS, LIVE, UNIT, ItemState, State

NOBODY = UUID(int=0)


def packs_unread(actor: Actor) -> QuerySet[Forum]:
    """Return the forums whose papers lie before somebody invited who has not signed for them."""
    read = ForumRead.objects.filter(forum=OuterRef("pk"), account_id=actor.id or NOBODY)
    invited = Q(deputies__deputy__account=actor.id) | Q(units__unit__in=actor.units(*UNIT))
    found = forums_visible_to(actor).filter(invited, state=State.NOTIFIED, papers__isnull=False)
    return found.filter(~Exists(read))


def answers_to_judge(actor: Actor) -> QuerySet[ForumItem]:
    """Return a deputy's items answered in the hall that wait for his word (认可)."""
    return _own_items(actor).filter(state=ItemState.ANSWERED, forum__state__in=LIVE)


def replies_to_rate(actor: Actor) -> QuerySet[ForumItem]:
    """Return a deputy's items answered in writing that he has not rated."""
    return _own_items(actor).filter(state=ItemState.REPLIED, rating="")


def _own_items(actor: Actor) -> QuerySet[ForumItem]:
    return ForumItem.objects.filter(deputy__account=actor.id)


def items_to_answer(actor: Actor) -> QuerySet[ItemUnit]:
    """Return what a department in the hall has not answered yet."""
    return ItemUnit.objects.filter(
        unit__in=actor.units(*UNIT), answer="", item__state=ItemState.NOTED, item__forum__state=State.RUNNING
    )


def ledgers_to_check(actor: Actor) -> QuerySet[Forum]:
    """Return the forums whose record has ended and whose minutes the hosts have not drafted."""
    return Forum.objects.filter(within(actor, *HOSTS), state=State.CHECKING, minutes="")


def minutes_to_confirm(actor: Actor) -> QuerySet[Forum]:
    """Return the forums that wait for a chair who has not drafted the minutes himself."""
    found = Forum.objects.filter(within(actor, *CHAIRS), state=State.CHECKING)
    return found.exclude(minutes="").exclude(minutes_by=actor.id)


def letters_to_send(actor: Actor) -> QuerySet[Forum]:
    """Return the closed forums whose items nobody has handed over."""
    return Forum.objects.filter(within(actor, *HOSTS), state=State.CLOSED)


def items_to_give_back(actor: Actor) -> QuerySet[ForumItem]:
    """Return the items whose written answer did not satisfy and that the hosts have to give back."""
    return ForumItem.objects.filter(within(actor, *HOSTS), state=ItemState.DISSATISFIED)


def _own_reviews(actor: Actor, state: Review) -> QuerySet[DutyReview]:
    return DutyReview.objects.filter(deputy__account_id=actor.id or NOBODY, state=state)


def _tests(meeting: str) -> QuerySet[Ballot]:
    """Return the vote of a meeting that stands, void ones left out."""
    return Ballot.objects.filter(about_kind=ABOUT, about_id=OuterRef(meeting)).exclude(state=Vote.VOID)


def reports_to_publish(actor: Actor) -> QuerySet[DutyReview]:
    """Return a deputy's own duty reports that are still to be made public."""
    return _own_reviews(actor, Review.SCHEDULED).filter(~Exists(_tests("meeting_id")))


def plans_to_hand_in(actor: Actor) -> QuerySet[DutyReview]:
    """Return a deputy's own reports that wait for his plan after the written feedback."""
    return _own_reviews(actor, Review.FED_BACK)


def rectifying_to_report(actor: Actor) -> QuerySet[DutyReview]:
    """Return a deputy's own reports of which he has to say what he has put right."""
    return _own_reviews(actor, Review.PLANNED)


def _held_bodies(actor: Actor) -> Q:
    """Return the rule of the bodies whose duty reports the actor holds: his own, not those below."""
    towns, cities = actor.places(Role.PRESIDIUM), actor.places(Role.OFFICE)
    return Q(division_code__in=towns) & ~Q(division_code__endswith="000000") | Q(division_code__in=cities)


def tests_to_prepare(actor: Actor) -> QuerySet[ReviewMeeting]:
    """Return the meetings with public reports whose secret test nobody has prepared."""
    out = DutyReview.objects.filter(meeting=OuterRef("pk"), state=Review.REPORT_OUT)
    return ReviewMeeting.objects.filter(_held_bodies(actor), Exists(out), ~Exists(_tests("pk")))


def feedback_to_write(actor: Actor) -> QuerySet[DutyReview]:
    """Return the tested deputies to whom nobody has given the result in writing."""
    announced = _tests("meeting_id").filter(state=Vote.ANNOUNCED)
    found = DutyReview.objects.filter(_held_bodies(actor), state=Review.REPORT_OUT)
    return found.filter(Exists(announced))


def rectifying_to_judge(actor: Actor) -> QuerySet[DutyReview]:
    """Return the reports of what was put right that wait for the host's word."""
    return DutyReview.objects.filter(_held_bodies(actor), state=Review.REPORTED)
