"""The address of a big screen: signed, for one region, for a time; a hall has no keyboard."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from lianxin.common.errors import NotFound
from lianxin.rulebook.services import value

SALT = "lianxin.screen"


def key_for(home6: str) -> str:
    """Return the signed key of a region's screen."""
    return signing.TimestampSigner(salt=SALT).sign(home6)


def home6_of(key: str) -> str:
    """Return the region of a key; raise `NotFound` if it was changed or is too old."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        home6 = signer.unsign(key)
        return signer.unsign(key, max_age=timedelta(days=value("screen.link_days", home6=home6)))
    except signing.BadSignature:
        raise NotFound("这个大屏地址不对，或者已经过期。请在「大屏」页面重新生成。") from None
