"""The encryption port: sealing personal data, and keyed hashes for look-ups.

Sealed text is `v1:<base64(nonce + ciphertext)>`, AES-256-GCM (NIST SP 800-38D). Each matter has
its own data key, wrapped by the master key; destroying the wrapped key erases the data, backups
included. The pepper and the master key live outside the database.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_VERSION = "v1:"


def _key(name: str) -> bytes:
    return hashlib.sha256(f"{name}:{settings.LIANXIN_MASTER_KEY}".encode()).digest()


def keyed_hash(text: str, *, purpose: str) -> str:
    """Return a hex HMAC-SHA-256 of `text` under the pepper, apart for each purpose."""
    return hmac.new(_key(f"pepper:{purpose}"), text.encode(), hashlib.sha256).hexdigest()


def new_wrapped_key() -> str:
    """Return a fresh data key, wrapped by the master key, as text for a column."""
    return _seal(AESGCM.generate_key(256), _key("wrap"))


def seal(text: str, *, wrapped_key: str) -> str:
    """Seal text under a wrapped data key; empty text stays empty."""
    return _seal(text.encode(), _open(wrapped_key, _key("wrap"))) if text else ""


def unseal(sealed: str, *, wrapped_key: str) -> str:
    """Return the text that was sealed; raises if a byte was changed."""
    return _open(sealed, _open(wrapped_key, _key("wrap"))).decode() if sealed else ""


def key_opens(wrapped_key: str) -> bool:
    """Say whether this installation's master key opens a wrapped data key."""
    try:
        return bool(_open(wrapped_key, _key("wrap")))
    except InvalidTag:
        return False


def _seal(data: bytes, key: bytes) -> str:
    nonce = os.urandom(12)
    return _VERSION + base64.b64encode(nonce + AESGCM(key).encrypt(nonce, data, None)).decode()


def _open(sealed: str, key: bytes) -> bytes:
    raw = base64.b64decode(sealed.removeprefix(_VERSION))
    return AESGCM(key).decrypt(raw[:12], raw[12:], None)
