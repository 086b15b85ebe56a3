"""Telling village, town and supervising deputy about a text; messages hold no clause and no comment."""

from __future__ import annotations

from lianxin.charters.models import CharterText
from lianxin.common.actor import Role
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.regions.selectors import place_name
from lianxin.villages.models import VillageProfile


def tell_village(text: CharterText, subject: str, dedupe: str) -> None:
    """Tell the villagers' committee."""
    _tell(Recipient.role(Role.VILLAGE, text.division_code), text, subject, dedupe)


def tell_town(text: CharterText, subject: str, dedupe: str) -> None:
    """Tell the town."""
    _tell(Recipient.role(Role.PRESIDIUM, f"{text.division_code[:9]}000"), text, subject, dedupe)


def tell_deputy(text: CharterText, subject: str, dedupe: str) -> None:
    """Tell the supervising deputy, if the village has one with an account."""
    profile = (
        VillageProfile.objects.filter(division_code=text.division_code)
        .select_related("supervising_deputy")
        .first()
    )
    deputy = profile.supervising_deputy if profile else None
    if deputy is not None and deputy.account_id is not None:
        _tell(Recipient.account(deputy.account_id), text, subject, dedupe)


def _tell(to: Recipient, text: CharterText, subject: str, dedupe: str) -> None:
    enqueue(
        to=to,
        subject=subject,
        text=f"{place_name(text.division_code)}{text.title}第{text.number}版。",
        link=f"/charters/{text.id}",
        about_kind="charter",
        about_id=text.id,
        home6=text.home6,
        dedupe=f"charter:{dedupe}:{text.id}",
        channels=(Channel.IN_APP, Channel.SMS),
    )
