"""The ground of the demo city: real places, invented people, the accounts of the tour."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import make_password

from lianxin.common.actor import SYSTEM, Actor, Role
from lianxin.demo.names import JOBS, person_name
from lianxin.demo.terms import EARLIER_TERMS, SINCE, TERMS
from lianxin.demo.units import departments
from lianxin.demo.village_staff import village_staff
from lianxin.duties.loading import kinds_load
from lianxin.people.actors import actor_of
from lianxin.people.loading import (
    NewDeputy,
    NewOrgan,
    NewRole,
    NewSeat,
    account_open,
    accounts_register,
    deputies_register,
    deputy_rename,
    groups_register,
    organs_register,
    roles_register,
)
from lianxin.people.models import Account, Deputy, DeputyGroup
from lianxin.people.rules import Span
from lianxin.people.terms import terms_register
from lianxin.regions.loading import CITY, HOME6, divisions_load, rooms_load, stations_load
from lianxin.regions.models import Division, DivisionKind
from lianxin.rulebook.loading import rulebook_load

TOUR_TOWN = "610981113000"
LAMP_VILLAGE = "610981113202"
ANKANG, SHAANXI = "610900000000", "610000000000"


@dataclass
class City:
    """What the stories draw on: actors by role, deputies by town."""

    chance: random.Random
    towns: list[str]
    villages: dict[str, list[tuple[str, str]]]
    busy_villages: list[tuple[str, str, str]] = field(default_factory=list)
    busy_weights: list[float] = field(default_factory=list)
    staff: dict[str, Actor] = field(default_factory=dict)
    deputies: dict[str, list[tuple[Actor, Deputy]]] = field(default_factory=dict)

    def keeper(self, town: str) -> Actor:
        """Return a town's keeper."""
        return self.staff[f"keeper:{town}"]


def ground_load(*, scale: str, seed: int, password: str) -> City:
    """Load places, rules, organs, deputies, staff and the tour's accounts."""
    rulebook_load()
    kinds_load(home6=HOME6, division_code=CITY)
    divisions_load()
    terms_register(actor=SYSTEM, body=CITY, rows=[*EARLIER_TERMS, Span(TERMS["city"], SINCE)])
    stations_load(phone="0915-000-0000")
    rooms_load(per_city=96, seed=seed)
    chance = random.Random(seed)  # noqa: S311 - a demo, not a secret
    towns = [TOUR_TOWN] if scale == "small" else sorted(_codes(DivisionKind.TOWN))
    city = City(chance, towns, {town: _villages(town) for town in towns})
    _busy(city)
    _organs(towns)
    _deputies(city, scale)
    _staff(city)
    _tour_accounts(city, password)
    return city


def _busy(city: City) -> None:
    """Order the villages by how much is said there: few say much, many say little (Zipf)."""
    city.busy_villages = [(town, *village) for town in city.towns for village in city.villages[town]]
    city.chance.shuffle(city.busy_villages)
    city.busy_weights = [1 / (place + 3) for place in range(len(city.busy_villages))]


def _codes(kind: DivisionKind) -> list[str]:
    return list(Division.objects.filter(kind=kind).values_list("code", flat=True))


def _villages(town: str) -> list[tuple[str, str]]:
    return list(Division.objects.filter(parent_code=town).order_by("code").values_list("code", "name"))


def _organs(towns: list[str]) -> None:
    names = dict(Division.objects.filter(code__in=towns).values_list("code", "name"))
    governments = [
        NewOrgan(
            f"town-{town[6:9]}", f"{names[town]}人民政府", f"{names[town]}政府", "government", "town", town
        )
        for town in towns
    ]
    organs_register(actor=SYSTEM, organs=[*departments(), *governments], home6=HOME6)


def _deputies(city: City, scale: str) -> None:
    both, city_only, upper = (10, 10, 2) if scale == "small" else (110, 108, 33)
    people: list[NewDeputy] = []
    for place, town in enumerate(city.towns):
        share = both // len(city.towns) + (place < both % len(city.towns))
        people += [_deputy(city, town, with_city=n < share) for n in range(45)]
    people += [
        _deputy(city, city.chance.choice(city.towns), town_seat=False, with_city=True)
        for _ in range(city_only)
    ]
    people += [_upper_deputy(city, province=n < 2) for n in range(upper)]
    rows = deputies_register(actor=SYSTEM, deputies=people, home6=HOME6, prefix="deputy-")
    _index(city, rows, people)
    _groups(city, rows)


def _deputy(city: City, town: str, *, with_city: bool = False, town_seat: bool = True) -> NewDeputy:
    village, name = city.chance.choice(city.villages[town])
    seats = []
    if town_seat:
        seats.append(NewSeat("town", town, TERMS["town"], f"{name}选区", SINCE))
    if with_city:
        seats.append(NewSeat("city", CITY, TERMS["city"], f"{name}选区", SINCE))
    return _person(city, village, tuple(seats))


def _upper_deputy(city: City, *, province: bool) -> NewDeputy:
    village, _ = city.chance.choice(city.villages[city.chance.choice(city.towns)])
    level, body = ("province", SHAANXI) if province else ("prefecture", ANKANG)
    return _person(city, village, (NewSeat(level, body, TERMS[level], "旬阳代表团", SINCE),))


def _person(city: City, village: str, seats: tuple[NewSeat, ...]) -> NewDeputy:
    return NewDeputy(
        name=person_name(city.chance),
        division_code=village,
        seats=seats,
        sex="女" if city.chance.random() < 0.34 else "男",
        born_year=1977 + round(city.chance.gauss(0, 9)),
        occupation=city.chance.choice(JOBS),
    )


def _index(city: City, rows: list[Deputy], people: list[NewDeputy]) -> None:
    for row, person in zip(rows, people, strict=True):
        assert row.account is not None
        actor = actor_of(row.account)
        for seat in person.seats:
            city.deputies.setdefault(seat.body_code, []).append((actor, row))


def _groups(city: City, rows: list[Deputy]) -> None:
    """Mix deputies of all levels by town into groups of five to ten (145 in the full city)."""
    by_town: dict[str, list[Deputy]] = {}
    for row in rows:
        by_town.setdefault(row.division_code[:9] + "000", []).append(row)
    wanted = 145 if len(city.towns) > 1 else max(1, round(len(rows) / 7.5))
    shares = _shares([len(members) for members in by_town.values()], wanted)
    names = dict(Division.objects.values_list("code", "name"))
    groups = []
    for (town, members), count in zip(by_town.items(), shares, strict=True):
        city.chance.shuffle(members)
        groups += [(f"{names[town]}第{n + 1}代表小组", town, members[n::count]) for n in range(count)]
    groups_register(actor=SYSTEM, groups=groups, home6=HOME6)


def _shares(sizes: list[int], total: int) -> list[int]:
    """Split `total` groups over the towns by size (largest remainders)."""
    exact = [total * size / sum(sizes) for size in sizes]
    shares = [max(1, int(part)) for part in exact]
    order = sorted(range(len(sizes)), key=lambda place: exact[place] - shares[place], reverse=True)
    for place in order[: max(0, total - sum(shares))]:
        shares[place] += 1
    return shares


def _staff(city: City) -> None:
    """Register one keeper and one presidium chair a town, and clerk and head of each organ."""
    wanted = [(f"keeper:{town}", Role.KEEPER, town, "") for town in city.towns]
    wanted += [(f"presidium:{town}", Role.PRESIDIUM, town, "") for town in city.towns]
    wanted += [("office", Role.OFFICE, CITY, ""), ("office2", Role.OFFICE, CITY, "")]
    wanted += [("leader", Role.LEADER, CITY, "")]
    wanted += [("oversight", Role.OVERSIGHT, CITY, ""), ("city-keeper", Role.KEEPER, CITY, "")]
    wanted += [(f"presidium2:{town}", Role.PRESIDIUM, town, "") for town in city.towns]
    wanted += [
        ("admin", Role.SYSTEM_ADMIN, CITY, ""),
        ("security", Role.SECURITY_ADMIN, CITY, ""),
        ("auditor", Role.AUDITOR, CITY, ""),
    ]
    wanted += [("grid", Role.GRID_WORKER, LAMP_VILLAGE, "")]
    units = [organ.code for organ in departments()] + [f"town-{town[6:9]}" for town in city.towns]
    wanted += [(f"clerk:{unit}", Role.UNIT_CLERK, CITY, unit) for unit in units]
    wanted += [(f"head:{unit}", Role.UNIT_HEAD, CITY, unit) for unit in units]
    people = [(f"staff-{place:04d}", person_name(city.chance)) for place in range(len(wanted))]
    accounts = accounts_register(actor=SYSTEM, people=people, home6=HOME6)
    roles = [
        NewRole(account.id, role, place, unit)
        for account, (_, role, place, unit) in zip(accounts, wanted, strict=True)
    ]
    roles_register(actor=SYSTEM, roles=roles, home6=HOME6, since=SINCE)
    for account, (key, *_) in zip(accounts, wanted, strict=True):
        city.staff[key] = actor_of(account)
    city.staff |= village_staff(LAMP_VILLAGE, {key: name for key, (name, _) in TOUR.items()}, SINCE)


TOUR = {
    "keeper": ("王联络员", f"keeper:{TOUR_TOWN}"),
    "grid": ("赵网格员", "grid"),
    "presidium": ("陈主席", f"presidium:{TOUR_TOWN}"),
    "office": ("刘主任", "office"),
    "clerk": ("孙经办", "clerk:transport"),
    "head": ("周局长", "head:transport"),
    "clerk2": ("钱经办", "clerk:power"),
    "head2": ("冯经理", "head:power"),
    "leader": ("罗副主任", "leader"),
    "village": ("郑主任", "village"),
    "village_supervisor": ("何监督", "village_supervisor"),
    "oversight": ("吴督查", "oversight"),
    "admin": ("郭管理员", "admin"),
    "security": ("何安全员", "security"),
    "auditor": ("田审计员", "auditor"),
}
TOUR_DEPUTIES = {
    "deputy_city": ("张建国", CITY),
    "deputy_city2": ("何志强", CITY),
    "deputy_town": ("李秀英", TOUR_TOWN),
}


def _tour_accounts(city: City, password: str) -> None:
    encoded = make_password(password)  # one password for the whole tour: computed once, for it is slow
    for username, (name, key) in TOUR.items():
        _open(city.staff[key], username, name, encoded)
        city.staff[key] = actor_of(Account.objects.get(username=username))
    for username, (name, body) in TOUR_DEPUTIES.items():
        place, (actor, deputy) = _tour_deputy(city, body, username)
        _open(actor, username, f"{name[0]}代表", encoded)
        deputy_rename(actor=SYSTEM, deputy=deputy, name=name)
        city.deputies[body][place] = (actor_of(Account.objects.get(username=username)), deputy)
        city.staff[username] = city.deputies[body][place][0]
    _tour_group_leader(city, encoded)


def _tour_group_leader(city: City, encoded: str) -> None:
    """Open the account of a deputy who leads a group in the tour's town."""
    taken = {str(held.id) for held in city.staff.values()}
    groups = DeputyGroup.objects.filter(division_code=TOUR_TOWN).order_by("name")
    leads = {str(group.leader_id) for group in groups}
    for place, (actor, deputy) in enumerate(city.deputies[TOUR_TOWN]):
        if str(deputy.pk) in leads and str(actor.id) not in taken:
            _open(actor, "group_leader", "许代表", encoded)
            deputy_rename(actor=SYSTEM, deputy=deputy, name="许春梅")
            city.staff["group_leader"] = actor_of(Account.objects.get(username="group_leader"))
            city.deputies[TOUR_TOWN][place] = (city.staff["group_leader"], deputy)
            return
    raise LookupError("no deputy leads a group in the tour's town")


def _tour_deputy(city: City, body: str, username: str) -> tuple[int, tuple[Actor, Deputy]]:
    """Pick a deputy who lives in the tour's town and holds one seat only."""
    for place, (actor, deputy) in enumerate(city.deputies[body]):
        home = deputy.division_code.startswith(TOUR_TOWN[:9])
        if (
            home
            and len(actor.roles) == 1
            and str(actor.id) not in {str(held.id) for held in city.staff.values()}
        ):
            return place, (actor, deputy)
    raise LookupError(f"no deputy for {username}")


def _open(actor: Actor, username: str, name: str, encoded: str) -> None:
    assert actor.id is not None
    account = Account.objects.get(pk=actor.id)
    email = f"{username}@demo.invalid" if settings.LIANXIN_DEMO else ""
    account_open(
        actor=SYSTEM,
        account=account,
        username=username,
        display_name=name,
        encoded=encoded,
        home6=HOME6,
        email=email,
        is_demo=True,
    )
