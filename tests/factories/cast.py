"""The people of the tests: one town with everybody, a second town, two departments.

`cast_load` runs once, when the test database is made; `Cast` looks the people up by a short name.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from lianxin.common.actor import SYSTEM, Actor, Role
from lianxin.duties.loading import kinds_load
from lianxin.people.actors import actor_of
from lianxin.people.loading import (
    NewDeputy,
    NewOrgan,
    NewRole,
    NewSeat,
    accounts_register,
    deputies_register,
    groups_register,
    organs_register,
    roles_register,
)
from lianxin.people.models import Account, Deputy
from lianxin.regions.loading import CITY, HOME6, divisions_load, rooms_load, stations_load
from lianxin.regions.models import Station
from lianxin.rulebook.loading import rulebook_load

TOWN, OTHER_TOWN = "610981113000", "610981103000"
VILLAGE, OTHER_VILLAGE = "610981113202", "610981103001"
SINCE = date(2020, 1, 1)
GROUP, OTHER_GROUP = "段家河镇第1代表小组", "蜀河镇第1代表小组"
PASSWORD = "connected-hearts-2026"

STAFF: dict[str, tuple[Role, str, str]] = {
    "keeper": (Role.KEEPER, TOWN, ""),
    "keeper_other": (Role.KEEPER, OTHER_TOWN, ""),
    "keeper_city": (Role.KEEPER, CITY, ""),
    "grid": (Role.GRID_WORKER, VILLAGE, ""),
    "presidium": (Role.PRESIDIUM, TOWN, ""),
    "presidium_second": (Role.PRESIDIUM, TOWN, ""),
    "presidium_other": (Role.PRESIDIUM, OTHER_TOWN, ""),
    "office": (Role.OFFICE, CITY, ""),
    "office_second": (Role.OFFICE, CITY, ""),
    "leader": (Role.LEADER, CITY, ""),
    "village": (Role.VILLAGE, VILLAGE, ""),
    "village_supervisor": (Role.VILLAGE_SUPERVISOR, VILLAGE, ""),
    "village_other": (Role.VILLAGE, OTHER_VILLAGE, ""),
    "oversight": (Role.OVERSIGHT, CITY, ""),
    "clerk": (Role.UNIT_CLERK, CITY, "transport"),
    "head": (Role.UNIT_HEAD, CITY, "transport"),
    "clerk_power": (Role.UNIT_CLERK, CITY, "power"),
    "head_power": (Role.UNIT_HEAD, CITY, "power"),
    "clerk_town": (Role.UNIT_CLERK, TOWN, "town-113"),
    "head_town": (Role.UNIT_HEAD, TOWN, "town-113"),
    "admin": (Role.SYSTEM_ADMIN, CITY, ""),
    "security": (Role.SECURITY_ADMIN, CITY, ""),
    "auditor": (Role.AUDITOR, CITY, ""),
}
DEPUTIES: dict[str, tuple[str, str]] = {  # short name: (body, home)
    "deputy_city": (CITY, VILLAGE),
    "deputy_city_2": (CITY, VILLAGE),
    "deputy_city_3": (CITY, OTHER_VILLAGE),
    "deputy_town": (TOWN, VILLAGE),
    "deputy_town_2": (TOWN, VILLAGE),
    "deputy_town_3": (TOWN, VILLAGE),
    "deputy_other": (OTHER_TOWN, OTHER_VILLAGE),
    "group_leader": (TOWN, VILLAGE),
}


@transaction.atomic
def cast_load() -> None:
    """Load places, rules and people into an empty test database."""
    rulebook_load()
    kinds_load(home6=HOME6, division_code=CITY)
    divisions_load()
    stations_load(phone="0915-000-0000")
    rooms_load(per_city=96, seed=321)
    organs_register(actor=SYSTEM, organs=_organs(), home6=HOME6)
    _staff()
    _deputies()


def _organs() -> list[NewOrgan]:
    return [
        NewOrgan("transport", "旬阳示范市交通运输局", "交通运输局", "government", "city", CITY),
        NewOrgan("power", "旬阳示范市供电公司", "供电公司", "government", "city", CITY),
        NewOrgan("court", "旬阳示范市人民法院", "市法院", "court", "city", CITY),
        NewOrgan("town-113", "段家河镇人民政府", "段家河镇政府", "government", "town", TOWN),
    ]


def _staff() -> None:
    people = [(name, f"测试{name}") for name in STAFF]
    accounts = accounts_register(actor=SYSTEM, people=people, home6=HOME6)
    roles = [NewRole(account.id, *STAFF[account.username]) for account in accounts]
    roles_register(actor=SYSTEM, roles=roles, home6=HOME6, since=SINCE)
    _open(accounts)


def _deputies() -> None:
    people = [
        NewDeputy(
            f"测试{name}", home, (NewSeat("city" if body == CITY else "town", body, "测试届", "", SINCE),)
        )
        for name, (body, home) in DEPUTIES.items()
    ]
    rows = deputies_register(actor=SYSTEM, deputies=people, home6=HOME6, prefix="deputy-")
    accounts = [row.account for row in rows if row.account]
    for account, name in zip(accounts, DEPUTIES, strict=True):
        account.username = name
    _open(accounts)
    by_name = dict(zip(DEPUTIES, rows, strict=True))
    groups = [
        (GROUP, TOWN, [by_name[name] for name in ("group_leader", "deputy_town", "deputy_city")]),
        (OTHER_GROUP, OTHER_TOWN, [by_name["deputy_other"]]),
    ]
    groups_register(actor=SYSTEM, groups=groups, home6=HOME6)


def _open(accounts: list[Account]) -> None:
    """Give everybody the tests' password (a plain row update: set-up of people is not under test here)."""
    for account in accounts:
        account.set_password(PASSWORD)
        account.must_change_password = False
    Account.objects.bulk_update(accounts, ["username", "password", "must_change_password"])


class Cast:
    """Looks people and places up: `cast.keeper` is an Actor, `cast.deputy_row("deputy_city")` a Deputy."""

    password = PASSWORD
    names = (*STAFF, *DEPUTIES)

    def __getattr__(self, name: str) -> Actor:
        if name not in self.names:
            raise AttributeError(name)
        return actor_of(self.account(name))

    def account(self, name: str) -> Account:
        """Return the account of a short name."""
        return Account.objects.get(username=name)

    def deputy_row(self, name: str) -> Deputy:
        """Return the deputy of a short name."""
        return Deputy.objects.get(account__username=name)

    def station(self, code: str = "113") -> Station:
        """Return a station; 113 is 段家河镇, 103 蜀河镇, 1 the city."""
        return Station.objects.get(code=code)

    def room(self, village: str = VILLAGE) -> Station:
        """Return a village's room."""
        return Station.objects.get(level="village", division_code=village)
