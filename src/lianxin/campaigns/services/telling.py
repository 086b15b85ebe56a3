"""Telling village, town and supervising deputy of what an inspection found; no message holds its words."""

from __future__ import annotations

from lianxin.campaigns.models import Finding, Inspection
from lianxin.common.actor import Role
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.regions.selectors import place_name
from lianxin.villages.models import VillageProfile


def tell_village(row: Inspection | Finding, subject: str, dedupe: str) -> None:
    """Tell the villagers' committee."""
    _tell(Recipient.role(Role.VILLAGE, row.division_code), row, subject, dedupe)


def tell_town(row: Inspection | Finding, subject: str, dedupe: str) -> None:
    """Tell the town."""
    _tell(Recipient.role(Role.PRESIDIUM, f"{row.division_code[:9]}000"), row, subject, dedupe)


def tell_deputy(row: Inspection | Finding, subject: str, dedupe: str) -> None:
    """Tell the supervising deputy, if the village has one with an account."""
    found = VillageProfile.objects.filter(division_code=row.division_code)
    profile = found.select_related("supervising_deputy").first()
    deputy = profile.supervising_deputy if profile else None
    if deputy is not None and deputy.account_id is not None:
        _tell(Recipient.account(deputy.account_id), row, subject, dedupe)


def _tell(to: Recipient, row: Inspection | Finding, subject: str, dedupe: str) -> None:
    sheet = row if isinstance(row, Inspection) else row.inspection
    enqueue(
        to=to,
        subject=subject,
        text=f"{place_name(row.division_code)}的巡查单。",
        link=f"/campaigns/inspections/{sheet.pk}",
        about_kind="village_inspection",
        about_id=sheet.pk,
        home6=row.home6,
        dedupe=f"inspection:{dedupe}",
        channels=(Channel.IN_APP, Channel.SMS),
    )
