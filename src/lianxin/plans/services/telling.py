"""Who is told what: the office, the chairpersons, the unit or town that has a task."""

from __future__ import annotations

from uuid import UUID

from lianxin.common.actor import Role
from lianxin.common.models import RegionalRow
from lianxin.notifications.services import Channel, Recipient, enqueue

ALL_WAYS = (Channel.IN_APP, Channel.SMS)


def tell_office(row: RegionalRow, subject: str, link: str, dedupe: str) -> None:
    """Tell the office of the congress."""
    _tell(Recipient.role(Role.OFFICE, row.division_code), row, subject, link, dedupe)


def tell_leaders(row: RegionalRow, subject: str, link: str, dedupe: str) -> None:
    """Tell the members of the standing committee."""
    _tell(Recipient.role(Role.LEADER, row.division_code), row, subject, link, dedupe)


def tell_owner(row: RegionalRow, owner: str, subject: str, link: str, dedupe: str) -> None:
    """Tell the unit or the town that a task or a seat belongs to."""
    _tell(recipient_of(owner), row, subject, link, dedupe)


def recipient_of(owner: str) -> Recipient:
    """Return whom an owner's code stands for: a place's own people, or the people of a unit."""
    if not owner.isdigit():
        return Recipient.unit(owner)
    return Recipient.role(Role.OFFICE if owner.endswith("000000") else Role.PRESIDIUM, owner)


def _tell(to: Recipient, row: RegionalRow, subject: str, link: str, dedupe: str) -> None:
    pk: UUID = row.id
    enqueue(
        to=to,
        subject=subject[:120],
        text="",
        link=link,
        about_kind=row._meta.model_name or "plan",
        about_id=pk,
        home6=row.home6,
        dedupe=f"plans:{dedupe}:{pk}",
        channels=ALL_WAYS,
    )
