"""Telling deputies, keepers and the presidium about reception days."""

from __future__ import annotations

from lianxin.common.actor import Role
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.people.models import Deputy
from lianxin.stations.models import ReceptionDay


def tell_deputy(deputy: Deputy, day: ReceptionDay, subject: str, text: str, dedupe: str) -> None:
    """Tell a deputy who has an account."""
    if deputy.account_id is None:
        return
    _tell(Recipient.account(deputy.account_id), day, subject, text, dedupe, "/station/my-days")


def tell_station(day: ReceptionDay, subject: str, text: str, dedupe: str) -> None:
    """Tell the keeper of the station's town and its presidium."""
    place = day.station.town_code or day.station.division_code
    for role in (Role.KEEPER, Role.PRESIDIUM):
        _tell(Recipient.role(role, place), day, subject, text, dedupe, f"/station/days/{day.id}")


def _tell(to: Recipient, day: ReceptionDay, subject: str, text: str, dedupe: str, link: str) -> None:
    enqueue(
        to=to,
        subject=subject,
        text=text,
        link=link,
        about_kind="reception_day",
        about_id=day.id,
        home6=day.home6,
        dedupe=dedupe,
        channels=(Channel.IN_APP, Channel.SMS),
    )
