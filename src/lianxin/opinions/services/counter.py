"""At the counter: the person stands there without his slip and says his name and his phone's last digits.

Only the keeper of the station that received the matter looks, who may open its contact anyway; both the
digits and the name must be right, so that nothing can be listed. What is kept is a keyed hash of station
and digits, erased with the contact. Every try counts against an hour's limit; every look at a person is
logged and shown to him. The answer is the matter, never its query code.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from lianxin.audit.services import personal_read, record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, TooMany
from lianxin.common.sealing import keyed_hash
from lianxin.opinions.models import Contact, Opinion, Post
from lianxin.opinions.rules import Window, same_name
from lianxin.opinions.services.keys import CONTACT, opened
from lianxin.rulebook.services import value

TAIL, PURPOSE, KIND = 4, "counter", "counter"
HOUR = 3600


def tail_hash(place: str, phone: str) -> str:
    """Return the form in which a phone's last digits are looked up at one station; empty without a phone."""
    digits = "".join(one for one in phone if one.isdigit())[-TAIL:]
    return keyed_hash(f"{place}:{digits}", purpose="phone-tail") if len(digits) == TAIL else ""


def counter_find(*, actor: Actor, tail: str, name: str) -> list[Opinion]:
    """Return the matters of whoever gives both the digits and the name; each look is on the record."""
    places = actor.places(Role.KEEPER)
    if not places:
        raise Denied("只有联络员可以在柜台上帮来人查。")
    _complete(tail, name)
    with transaction.atomic():
        _count(actor, places[0])
        found = [row for row in _candidates(places, tail) if same_name(name, _name_of(row))]
        for contact in found:
            personal_read(
                actor=actor, role=Role.KEEPER.value, kind="opinion", subject=contact.opinion_id,
                home6=contact.opinion.home6, purpose=PURPOSE,
            )  # fmt: skip
        record(
            actor=actor, tag="opinion.counter_find", kind="station", target=places[0],
            home6=places[0][:6], facts={"found": len(found)},
        )  # fmt: skip
    return [contact.opinion for contact in found]


def _complete(tail: str, name: str) -> None:
    problems = {}
    if not (len(tail) == TAIL and tail.isascii() and tail.isdigit()):
        problems["tail"] = "请填手机号的后四位数字。"
    if len(name.strip()) < 2:
        problems["name"] = "请填当时留的称呼，如「王大爷」。"
    if problems:
        raise Invalid("两样都要对，才能查到。", fields=problems)


def _count(actor: Actor, place: str) -> None:
    """Count this try; refuse the one that is too many within the hour."""
    whose = keyed_hash(str(actor.id), purpose="counter-look")
    since = clock.now() - timedelta(seconds=HOUR)
    tries = Post.objects.filter(kind=KIND, token_hash=whose, at__gte=since).values_list("at", flat=True)
    limit = int(value("opinion.counter_look_hour", home6=place[:6]))
    wait = Window(limit, HOUR).retry_after([at.timestamp() for at in tries], clock.now().timestamp())
    if wait:
        raise TooMany("这一小时查得太多了，请过一会儿再查，或请来人出示纸条。", retry_after=wait)
    Post.objects.create(kind=KIND, token_hash=whose, station_code=place)


def _candidates(places: tuple[str, ...], tail: str) -> list[Contact]:
    """Return the contacts at the keeper's stations with these digits; sealed matters are never among them."""
    hashes = {place: tail_hash(place, tail) for place in places}
    rows = Contact.objects.filter(tail_hash__in=hashes.values(), erased_at=None, opinion__is_sealed=False)
    found = rows.select_related("opinion__station").order_by("-opinion__id")
    return [row for row in found if hashes.get(row.opinion.received_place) == row.tail_hash]


def _name_of(contact: Contact) -> str:
    return opened(contact.name, opinion_id=contact.opinion_id, purpose=CONTACT)
