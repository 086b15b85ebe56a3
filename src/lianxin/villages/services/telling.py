"""Telling village, supervisors, town and supervising deputy; no message holds a question's words."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.people.models import Deputy
from lianxin.regions.selectors import place_name
from lianxin.villages.models import DisclosureItem, VillageMeeting


def tell_village(item: DisclosureItem, subject: str, dedupe: str) -> None:
    """Tell the villagers' committee."""
    _tell(Recipient.role(Role.VILLAGE, item.division_code), item, subject, dedupe)


def tell_supervisors(item: DisclosureItem, subject: str, dedupe: str) -> None:
    """Tell the village's supervision committee."""
    _tell(Recipient.role(Role.VILLAGE_SUPERVISOR, item.division_code), item, subject, dedupe)


def tell_town(item: DisclosureItem, subject: str, dedupe: str) -> None:
    """Tell the presidium of the village's town."""
    _tell(Recipient.role(Role.PRESIDIUM, f"{item.division_code[:9]}000"), item, subject, dedupe)


def tell_deputy(item: DisclosureItem, deputy: Deputy | None, subject: str, dedupe: str) -> None:
    """Tell the supervising deputy, if the village has one with an account."""
    if deputy is not None and deputy.account_id is not None:
        _tell(Recipient.account(deputy.account_id), item, subject, dedupe)


def tell_of_meeting(meeting: VillageMeeting, subject: str, dedupe: str) -> None:
    """Tell the villagers' committee and its supervision committee of a meeting to come."""
    at, place = meeting.held_at.astimezone(clock.SHANGHAI), place_name(meeting.division_code)
    for role in (Role.VILLAGE, Role.VILLAGE_SUPERVISOR):
        enqueue(
            to=Recipient.role(role, meeting.division_code),
            subject=subject,
            text=f"{place}：{meeting.title}，{at:%Y-%m-%d %H:%M}，{meeting.place}。",
            link=f"/village/meetings/{meeting.id}",
            about_kind="village_meeting",
            about_id=meeting.id,
            home6=meeting.home6,
            dedupe=dedupe,
            channels=(Channel.IN_APP, Channel.SMS),
        )


def _tell(to: Recipient, item: DisclosureItem, subject: str, dedupe: str) -> None:
    enqueue(
        to=to,
        subject=subject,
        text=f"{place_name(item.division_code)}：{item.what}，期限 {item.due_on}。",
        link=f"/village/items/{item.id}",
        about_kind="disclosure",
        about_id=item.id,
        home6=item.home6,
        dedupe=dedupe,
        channels=(Channel.IN_APP, Channel.SMS),
    )
