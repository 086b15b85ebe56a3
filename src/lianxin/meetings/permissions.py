"""Who may see and move what the congress does in its meetings: list rule and object rule side by side.

Hosts are the city's office and a town's presidium in their own place; a department and a deputy see what
they are invited to once the notice is out.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.ballots.permissions import may_hold
from lianxin.ballots.services.preparing import level_of
from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.meetings.consults_workflow import CONSULT
from lianxin.meetings.consults_workflow import HOSTS as CONSULT_HOSTS
from lianxin.meetings.inquiries_workflow import FINDING, INQUIRY
from lianxin.meetings.models import (
    Consult,
    DutyReview,
    Finding,
    Forum,
    ForumItem,
    Inquiry,
    ReviewMeeting,
)
from lianxin.meetings.reviews_workflow import MEETING, REVIEW
from lianxin.meetings.workflow import FORUM, HOSTS, ITEM, UNIT, State

WATCHERS = (*HOSTS, Role.LEADER)
READERS = (*WATCHERS, Role.DEPUTY, *UNIT)


def within(actor: Actor, *roles: Role) -> Q:
    """Return the rule that a row lies in a place where the actor holds one of `roles`."""
    rule = Q(pk=None)
    for place in actor.places(*roles):
        rule |= Q(division_code__startswith=place_prefix(place))
    return rule


def forums_visible_to(actor: Actor) -> QuerySet[Forum]:
    """Return the forums that the actor may see."""
    rule = within(actor, *WATCHERS)
    invited = Q(pk=None)
    if actor.has(*UNIT):
        invited |= Q(units__unit__in=actor.units(*UNIT))
    if actor.has(Role.DEPUTY):
        invited |= Q(deputies__deputy__account=actor.id)
    mine = Forum.objects.filter(invited).exclude(state=State.PREPARING).values("pk")
    return Forum.objects.filter(rule | Q(pk__in=mine))


def items_visible_to(actor: Actor) -> QuerySet[ForumItem]:
    """Return the items that the actor may see: all of a forum in his place, else his own or his unit's."""
    own = Q(pk=None)
    if actor.has(Role.DEPUTY):
        own |= Q(deputy__account=actor.id) | Q(speakers__deputy__account=actor.id)
    if actor.has(*UNIT):
        own |= Q(units__unit__in=actor.units(*UNIT))
    mine = ForumItem.objects.filter(own).values("pk")
    hosted = Forum.objects.filter(within(actor, *WATCHERS)).values("pk")
    return ForumItem.objects.filter(Q(forum__in=hosted) | Q(pk__in=mine))


def hosts(actor: Actor, place: str) -> bool:
    """Say whether the actor holds meetings in a place."""
    return actor.has_in(place, *HOSTS)


def may(actor: Actor, act: str, forum: Forum) -> bool:
    """Say whether the actor may try `act` ("view" included) on this forum."""
    if act == "view":
        return forums_visible_to(actor).filter(pk=forum.pk).exists()
    allowed = FORUM.acts[act].by
    staff = allowed - {Role.DEPUTY, *UNIT}
    if staff and actor.has_in(forum.division_code, *staff):
        return True
    if allowed & set(UNIT) and forum.units.filter(unit__in=actor.units(*UNIT)).exists():
        return True
    invited = forum.deputies.filter(deputy__account=actor.id)
    return Role.DEPUTY in allowed and actor.has(Role.DEPUTY) and invited.exists()


def may_item(actor: Actor, act: str, item: ForumItem) -> bool:
    """Say whether the actor may try `act` on this item."""
    allowed = ITEM.acts[act].by
    if not allowed:
        return actor.kind is ActorKind.SYSTEM
    if allowed & set(HOSTS) and hosts(actor, item.division_code):
        return True
    if allowed & set(UNIT):
        return item.units.filter(unit__in=actor.units(*UNIT)).exists()
    return Role.DEPUTY in allowed and actor.has(Role.DEPUTY) and item.deputy.account_id == actor.id


def consults_visible_to(actor: Actor) -> QuerySet[Consult]:
    """Return the 两说一商 that the actor may see: of his place, of his department, his own."""
    rule = within(actor, *CONSULT_HOSTS, Role.LEADER) | Q(unit__in=actor.units(*UNIT))
    if actor.has(Role.DEPUTY):
        rule |= Q(deputy__account=actor.id)
    return Consult.objects.filter(rule)


def may_consult(actor: Actor, act: str, place: str) -> bool:
    """Say whether the actor may plan ("plan") or move a 两说一商 of a place."""
    allowed = CONSULT_HOSTS if act == "plan" else CONSULT.acts[act].by
    return actor.has_in(place, *allowed)


def inquiries_visible_to(actor: Actor) -> QuerySet[Inquiry]:
    """Return the inspections and researches that the actor may see: of his place, or as a team's member."""
    rule = within(actor, *WATCHERS)
    if actor.has(Role.DEPUTY):
        team = Inquiry.objects.filter(members__deputy__account=actor.id)
        rule |= Q(pk__in=team.values("pk"))
    return Inquiry.objects.filter(rule)


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    """Return the findings that the actor may see: of inquiries he sees, and those given to his department."""
    seen = inquiries_visible_to(actor).values("pk")
    given = Q(unit__in=actor.units(*UNIT)) & ~Q(state="open")
    return Finding.objects.filter(Q(inquiry__in=seen) | given)


def may_inquire(actor: Actor, act: str, place: str) -> bool:
    """Say whether the actor may plan ("plan") or move an inquiry of a place."""
    return actor.has_in(place, *(HOSTS if act == "plan" else INQUIRY.acts[act].by))


def may_find(actor: Actor, act: str, finding: Finding) -> bool:
    """Say whether the actor may move a finding: its department reports, the hosts recheck."""
    allowed = FINDING.acts[act].by
    if allowed & set(UNIT):
        return finding.unit in actor.units(*UNIT)
    return actor.has_in(finding.division_code, *allowed)


def reviews_visible_to(actor: Actor) -> QuerySet[DutyReview]:
    """Return the duty reports that the actor may see whole: of his place, or his own."""
    rule = within(actor, *WATCHERS)
    if actor.has(Role.DEPUTY):
        rule |= Q(deputy__account=actor.id)
    return DutyReview.objects.filter(rule)


def may_review(actor: Actor, act: str, review: DutyReview) -> bool:
    """Say whether the actor may try `act` ("view" included): the body's own organ, or the deputy himself."""
    if act == "view":
        return reviews_visible_to(actor).filter(pk=review.pk).exists()
    if Role.DEPUTY in REVIEW.acts[act].by:
        return actor.has(Role.DEPUTY) and actor.id is not None and review.deputy.account_id == actor.id
    return may_plan_reviews(actor, review.division_code)


def review_meetings_visible_to(actor: Actor) -> QuerySet[ReviewMeeting]:
    """Return the meetings that the actor may see: of his place, or at which he reports."""
    rule = within(actor, *WATCHERS)
    if actor.has(Role.DEPUTY):
        rule |= Q(pk__in=DutyReview.objects.filter(deputy__account=actor.id).values("meeting"))
    return ReviewMeeting.objects.filter(rule)


def may_review_meeting(actor: Actor, act: str, meeting: ReviewMeeting) -> bool:
    """Say whether the actor may try `act` ("view" included) on a meeting of duty reports."""
    if act == "view":
        return review_meetings_visible_to(actor).filter(pk=meeting.pk).exists()
    return act in MEETING.acts and may_plan_reviews(actor, meeting.division_code)


def may_plan_reviews(actor: Actor, body: str) -> bool:
    """Say whether the actor holds the duty reports of a body: who holds its votes holds them too."""
    return may_hold(actor, body, level_of(body))
