"""Who may bring in what at which station, and where it goes when it is about those who sit there."""

from __future__ import annotations

from lianxin.common.actor import Actor, ActorKind, Role, covers
from lianxin.common.errors import Denied
from lianxin.opinions.models import STAFF_CHANNELS, Channel
from lianxin.opinions.rules import is_about_cadre, is_about_town
from lianxin.regions.models import Station, StationLevel

INTAKE_ROLES = (Role.KEEPER, Role.GRID_WORKER, Role.DEPUTY, Role.PRESIDIUM, Role.OFFICE)


def may_enter(actor: Actor, station: Station, channel: Channel) -> None:
    """Refuse a channel that is not the actor's, or a station in whose area he does not work."""
    if actor.kind is ActorKind.RESIDENT and channel in STAFF_CHANNELS | {Channel.MACHINE}:
        raise Denied("这个渠道由联络站登记，请用扫码或网页直接说。")
    if actor.kind is not ActorKind.ACCOUNT:
        return
    if not _works_there(actor, station):
        raise Denied("只能登记本站范围内的民情。")
    if channel is Channel.DIARY and not actor.has(Role.DEPUTY):
        raise Denied("民情日记由写日记的代表本人转成民情。")
    if channel in {Channel.QR, Channel.WEB}:
        raise Denied("代群众登记请选代录、来站、电话等渠道。")


def _works_there(actor: Actor, station: Station) -> bool:
    """Say whether the actor works in the station's area, or in a part of it."""
    if actor.has_in(station.division_code, *INTAKE_ROLES):
        return True
    inside = (held.place for held in actor.roles if held.role in INTAKE_ROLES)
    return any(covers(station.division_code, place) for place in inside)


def above_the_accused(station: Station, text: str) -> Station:
    """Return the station for a matter: one about cadres of a village or a town skips their own station."""
    town = is_about_town(text)
    room = station.level in {StationLevel.VILLAGE, StationLevel.CONSTITUENCY}
    if room and station.parent and (town or is_about_cadre(text)):
        station = station.parent
    if town and station.level == StationLevel.TOWN and station.parent:
        station = station.parent
    return station
