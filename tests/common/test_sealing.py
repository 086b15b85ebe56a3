"""Sealed text: opens with its own key only, and not when a byte was changed."""

from __future__ import annotations

import base64

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from lianxin.common.sealing import keyed_hash, new_wrapped_key, seal, unseal


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_what_is_sealed_opens_again(text: str) -> None:
    key = new_wrapped_key()
    assert unseal(seal(text, wrapped_key=key), wrapped_key=key) == text


def test_the_same_text_never_looks_the_same() -> None:
    key = new_wrapped_key()
    sealed = {seal("13900000000", wrapped_key=key) for _ in range(10)}
    assert len(sealed) == 10
    assert not any("139" in base64.b64decode(one.removeprefix("v1:")).decode("latin1") for one in sealed)


def test_another_matters_key_does_not_open_it() -> None:
    sealed = seal("张三", wrapped_key=new_wrapped_key())
    with pytest.raises(InvalidTag):
        unseal(sealed, wrapped_key=new_wrapped_key())


def test_another_master_key_does_not_open_it(settings: Settings) -> None:
    key = new_wrapped_key()
    sealed = seal("张三", wrapped_key=key)
    settings.LIANXIN_MASTER_KEY = "another"
    with pytest.raises(InvalidTag):
        unseal(sealed, wrapped_key=key)


def test_every_changed_byte_is_noticed() -> None:
    key = new_wrapped_key()
    raw = base64.b64decode(seal("张三", wrapped_key=key).removeprefix("v1:"))
    for place in range(len(raw)):
        forged = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(InvalidTag):
            unseal("v1:" + base64.b64encode(forged).decode(), wrapped_key=key)


def test_hashes_of_different_purposes_cannot_be_joined(settings: Settings) -> None:
    one = keyed_hash("13900000000", purpose="code")
    assert one == keyed_hash("13900000000", purpose="code")
    assert one != keyed_hash("13900000000", purpose="phone")
    settings.LIANXIN_MASTER_KEY = "another"
    assert one != keyed_hash("13900000000", purpose="code")
