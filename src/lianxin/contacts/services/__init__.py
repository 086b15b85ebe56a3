"""Every act on contacts."""

from lianxin.contacts.services.consents import (
    consent_by_code,
    consent_record,
    consent_withdraw,
    deputies_agree,
    household_by_code,
    households_purge,
)
from lianxin.contacts.services.pairing import NewPairing, pairing_register, pairings_register
from lianxin.contacts.services.registering import (
    NewHousehold,
    NewMember,
    household_register,
    households_register,
    member_account_link,
    members_register,
)
from lianxin.contacts.services.visits import visit_record

__all__ = [
    "NewHousehold",
    "NewMember",
    "NewPairing",
    "consent_by_code",
    "consent_record",
    "consent_withdraw",
    "deputies_agree",
    "household_by_code",
    "household_register",
    "households_purge",
    "households_register",
    "member_account_link",
    "members_register",
    "pairing_register",
    "pairings_register",
    "visit_record",
]
