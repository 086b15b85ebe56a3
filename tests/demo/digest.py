"""Fingerprints of every column of a loaded city, so that two loads can be compared column by column.

Keys are random, but born in the order of time: a key is told as the place of its row in its table.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

EXCLUDED = {
    "people.account.password": "hashes are salted anew each time",
    "opinions.matterkey.wrapped": "the random key of one matter, under the master key",
    "opinions.contact.name": "sealed under a random key",
    "opinions.contact.phone": "sealed under a random key",
    "opinions.sealedtext.sealed": "sealed under a random key",
    "opinions.opinion.code_hash": "query codes come from the random key of their row",
    "villages.disclosurequestion.code_hash": "query codes come from the random key of their row",
    "contacts.household.name": "sealed under a random key",
    "contacts.household.phone": "sealed under a random key",
    "contacts.household.code_hash": "the code on a slip comes from the random key of its row",
    "contacts.householdkey.wrapped": "the random key of one household, under the master key",
    "contacts.contactvisit.text": "sealed under the household's random key",
    "contacts.visitmatter.text": "sealed under the household's random key",
    "projects.wish.code_hash": "query codes come from the random key of their row",
    "campaigns.voteturn.token_hash": "a browser's turn is hashed with the random key of its contest",
    "stations.goodsrating.token_hash": "a browser's random token",
    "duties.beneficiary.code_hash": "a random code, told once",
    "duties.sealedduty.wrapped_key": "a random key",
    "duties.sealedduty.words": "sealed under a random key",
    "documents.letterversion.sha256": "the content under the checksum names random keys; it is compared itself",
    "plans.planversion.sha256": "the content under the checksum names random keys; it is compared itself",
    "ballots.trial.code": "a random code",
    "ballots.trial.cards_print": "a checksum over random cards",
    "ballots.trial.board_print": "a checksum over encrypted ballots",
    "ballots.trustee.certificate": "a random key's public part",
    "ballots.trustee.polynomial": "random",
    "ballots.trustee.received": "sealed under random keys",
    "ballots.trustee.answer": "random",
    "ballots.trustee.sealed_key": "sealed under a random key",
    "ballots.trustee.share": "made with a random key",
    "ballots.boardfile.content": "the board of a random election",
    "ballots.encryptedballot.card": "a checksum over a random card",
    "ballots.encryptedballot.receipt": "a checksum over an encrypted ballot",
    "ballots.encryptedballot.content": "encrypted at random",
    "audit.auditentry.hash": "the chain runs over random keys",
    "audit.auditentry.prev_hash": "the chain runs over random keys",
    "audit.audithead.hash": "the chain runs over random keys",
}
"""Columns and why two loads differ in them: random secrets, and checksums over random keys."""
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def all_columns() -> set[str]:
    """Return every column there is."""
    return {
        f"{model._meta.label_lower}.{field.name}"
        for model in _tables()
        for field in model._meta.concrete_fields
    }


def fingerprints() -> dict[str, str]:
    """Return `table.column: fingerprint` for everything that is content."""
    rows = {model: list(model._base_manager.order_by("pk").values()) for model in _tables()}
    names = {
        str(row[_key(model)]): f"{model._meta.label_lower}#{place}"
        for model, found in rows.items()
        for place, row in enumerate(found)
    }
    told = {}
    for model, found in rows.items():
        for field in _columns(model):
            values = [_plain(row[field.attname], names) for row in found]
            told[f"{model._meta.label_lower}.{field.name}"] = _sha(values)
    return told


def _tables() -> Iterator[type[Model]]:
    yield from (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)


def _columns(model: type[Model]) -> Iterator[Field[Any, Any]]:
    for field in model._meta.concrete_fields:
        if f"{model._meta.label_lower}.{field.name}" not in EXCLUDED:
            yield field


def _key(model: type[Model]) -> str:
    assert model._meta.pk is not None
    return model._meta.pk.attname


def _plain(value: Any, names: dict[str, str]) -> str:
    """Return a value as text, each key as the place of its row."""
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return UUID.sub(lambda found: names.get(found[0], "a key of no row"), text)


def _sha(values: list[str]) -> str:
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:16]
