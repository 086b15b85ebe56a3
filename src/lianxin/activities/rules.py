"""Mixed groups by residence: a proposal that is the same whoever asks and in whatever order. Pure.

Neighbours are taken together in the order of the division codes; then groups that hold one level only
change one person with the nearest group that can spare one, until no further group can be mixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Group = list["Person"]


@dataclass(frozen=True, order=True, slots=True)
class Person:
    """A deputy as the rule sees him: where he lives and at which levels he sits."""

    home: str
    id: str
    levels: frozenset[str]


def is_mixed(group: Iterable[Person]) -> bool:
    """Say whether a group holds deputies of two levels or more."""
    return len({level for person in group for level in person.levels}) >= 2


def group_count(people: int, *, smallest: int, largest: int) -> int:
    """Return into how many groups so many people go, near the middle of the sizes allowed."""
    fewest, most = -(-people // largest), max(1, people // smallest)
    middle = round(people / ((smallest + largest) / 2))
    return max(1, min(most, max(fewest, middle)))


def groups_by_residence(
    people: Iterable[Person], *, smallest: int, largest: int, count: int | None = None
) -> list[Group]:
    """Return groups of near even size; everybody is in exactly one."""
    ordered = sorted(people)
    if not ordered:
        return []
    wanted = count or group_count(len(ordered), smallest=smallest, largest=largest)
    groups = _cut(ordered, wanted)
    while swap := _next_swap(groups):
        poor, give, rich, take = swap
        groups[poor].remove(give)
        groups[rich].remove(take)
        groups[poor].append(take)
        groups[rich].append(give)
    return [sorted(group) for group in groups]


def _cut(ordered: Sequence[Person], count: int) -> list[Group]:
    base, more = divmod(len(ordered), count)
    groups, start = [], 0
    for place in range(count):
        end = start + base + (place < more)
        groups.append(list(ordered[start:end]))
        start = end
    return groups


def _next_swap(groups: Sequence[Group]) -> tuple[int, Person, int, Person] | None:
    """Return the swap that mixes one more group, between the nearest two; None if there is none."""
    for poor, group in enumerate(groups):
        if is_mixed(group):
            continue
        give = max(group, key=lambda one: (_far(one, group), one))
        others = sorted(range(len(groups)), key=lambda place: (abs(place - poor), place))
        for rich in others:
            take = _spare(groups[rich], give, group) if rich != poor else None
            if take is not None:
                return poor, give, rich, take
    return None


def _spare(rich: Group, incoming: Person, poor: Group) -> Person | None:
    """Return whom a group can give for `incoming` so that both are mixed afterwards."""
    near = sorted(rich, key=lambda one: (_far(one, poor), one))
    for person in near:
        left = [one for one in rich if one != person]
        kept = [one for one in poor if one != incoming]
        if is_mixed([*left, incoming]) and is_mixed([*kept, person]):
            return person
    return None


def _far(person: Person, group: Iterable[Person]) -> int:
    """Return how far somebody lives from a group, as the codes order the villages."""
    return min((abs(int(person.home) - int(one.home)) for one in group if one != person), default=0)


def matched(proposed: Sequence[Sequence[str]], present: Sequence[tuple[str, set[str]]]) -> list[str | None]:
    """Return for each proposed group the present group with most of its people, so that few move."""
    shared = [
        (-len(set(group) & members), place, name)
        for place, group in enumerate(proposed)
        for name, members in present
    ]
    found: list[str | None] = [None] * len(proposed)
    used: Counter[str] = Counter()
    for _size, place, name in sorted(shared):
        if found[place] is None and not used[name]:
            found[place] = name
            used[name] += 1
    return found
