"""Telling both sides: who leaves, who is asked, who leads; households are told as at any new pairing."""

from __future__ import annotations

from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.leaving.models import Leaving, LeavingItem
from lianxin.notifications.services import Recipient, enqueue
from lianxin.regions.selectors import place_name

MINE = "/leaving/mine"


def tell_leaver(leaving: Leaving, subject: str, dedupe: str) -> None:
    """Tell the one who leaves, if he can still sign in."""
    if leaving.account_id is not None:
        _tell(Recipient.account(leaving.account_id), leaving, subject, dedupe, MINE)


def tell_receiver(leaving: Leaving, account: UUID | None, number: int) -> None:
    """Ask somebody to take things over: one message for all that was named in one go."""
    if account is not None:
        subject = f"有 {number} 项事请您接手，请确认"
        _tell(Recipient.account(account), leaving, subject, f"ask:{clock.now():%Y%m%d%H%M%S%f}", MINE)


def tell_town(item: LeavingItem, subject: str) -> None:
    """Tell those who lead the leaving what a receiver has said."""
    leaving = item.leaving
    link = f"/leaving/{leaving.pk}"
    stamp = f"{item.pk}:{clock.now():%Y%m%d%H%M%S%f}"
    if leaving.opened_by is not None:
        _tell(Recipient.account(leaving.opened_by), leaving, subject, stamp, link)
    else:
        place = f"{leaving.division_code[:9]}000"
        _tell(Recipient.role(Role.PRESIDIUM, place), leaving, subject, stamp, link)


def tell_taken_over(leaving: Leaving, account: UUID | None, number: int) -> None:
    """Tell a receiver that the things are his now."""
    if account is not None:
        subject = f"移交办结，{number} 项已转到您名下"
        _tell(Recipient.account(account), leaving, subject, f"done:{account}", MINE)


def _tell(to: Recipient, leaving: Leaving, subject: str, dedupe: str, link: str) -> None:
    enqueue(
        to=to,
        subject=subject,
        text=f"{place_name(leaving.division_code)} {leaving.get_role_display()}{leaving.name}离任移交。",
        link=link,
        about_kind="leaving",
        about_id=leaving.pk,
        home6=leaving.home6,
        dedupe=f"leaving:{leaving.pk}:{dedupe}",
    )


def remind(leaving: Leaving, account: UUID) -> None:
    """Say once more that somebody is asked, to him and to whoever leads the leaving."""
    _tell(Recipient.account(account), leaving, "还有移交的事等您确认", f"remind:{account}", MINE)
    if leaving.opened_by is not None:
        link = f"/leaving/{leaving.pk}"
        _tell(
            Recipient.account(leaving.opened_by), leaving, "有接手人还没有确认", f"unanswered:{account}", link
        )
