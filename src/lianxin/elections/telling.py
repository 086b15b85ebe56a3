"""Telling town and village of an election; no message names anybody."""

from __future__ import annotations

from lianxin.common.actor import Role
from lianxin.elections.models import VillageElection
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.regions.selectors import place_name


def tell_town(election: VillageElection, subject: str, dedupe: str) -> None:
    """Tell the presidium of the village's town."""
    _tell(Recipient.role(Role.PRESIDIUM, f"{election.division_code[:9]}000"), election, subject, dedupe)


def tell_village(election: VillageElection, subject: str, dedupe: str) -> None:
    """Tell the villagers' committee."""
    _tell(Recipient.role(Role.VILLAGE, election.division_code), election, subject, dedupe)


def _tell(to: Recipient, election: VillageElection, subject: str, dedupe: str) -> None:
    enqueue(
        to=to,
        subject=subject,
        text=f"{place_name(election.division_code)}：{election.year}年{election.get_kind_display()}。",
        link=f"/elections/{election.id}",
        about_kind="village_election",
        about_id=election.id,
        home6=election.home6,
        dedupe=dedupe,
        channels=(Channel.IN_APP, Channel.SMS),
    )
