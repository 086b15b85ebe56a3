"""Every act on contacts."""

from lianxin.contacts.services.alarms import AlarmKind, Broken, alarms_keep
from lianxin.contacts.services.approving import (
    pairing_approve,
    pairing_ask,
    pairing_end,
    pairing_reassign,
    plan_approve,
)
from lianxin.contacts.services.consents import (
    consent_by_code,
    consent_record,
    consent_withdraw,
    deputies_agree,
    household_by_code,
    households_purge,
)
from lianxin.contacts.services.continuity import (
    alarms_refresh,
    avoidance_declare,
    cover_set,
    pairing_break,
)
from lianxin.contacts.services.matters import (
    matter_convert,
    matter_coordinate,
    matter_settle,
    matter_words,
    visit_words,
)
from lianxin.contacts.services.opening import household_open, households_prepare
from lianxin.contacts.services.pairing import NewPairing, pairing_register, pairings_register
from lianxin.contacts.services.planning import city_queue, plan_compute, plan_queue, plans_run
from lianxin.contacts.services.registering import (
    NewHousehold,
    NewMember,
    household_register,
    households_register,
    member_account_link,
    members_register,
)
from lianxin.contacts.services.reply_sheets import replies_import, reply_sheets_purge
from lianxin.contacts.services.roads import pace_of, roads_of, travel_times_register
from lianxin.contacts.services.visit_lists import NewVisit, visits_register
from lianxin.contacts.services.visit_photos import (
    photos_of,
    sees_photos,
    visit_photo_add,
    visit_photo_open,
    visit_photos_erase,
)
from lianxin.contacts.services.visits import visit_record

__all__ = [
    "AlarmKind",
    "Broken",
    "NewHousehold",
    "NewMember",
    "NewPairing",
    "NewVisit",
    "alarms_keep",
    "alarms_refresh",
    "avoidance_declare",
    "city_queue",
    "consent_by_code",
    "consent_record",
    "consent_withdraw",
    "cover_set",
    "deputies_agree",
    "household_by_code",
    "household_open",
    "household_register",
    "households_prepare",
    "households_purge",
    "households_register",
    "matter_convert",
    "matter_coordinate",
    "matter_settle",
    "matter_words",
    "member_account_link",
    "members_register",
    "pairing_approve",
    "pairing_ask",
    "pairing_break",
    "pairing_end",
    "pairing_reassign",
    "pairing_register",
    "pairings_register",
    "plan_approve",
    "photos_of",
    "plan_compute",
    "plan_queue",
    "plans_run",
    "replies_import",
    "reply_sheets_purge",
    "pace_of",
    "roads_of",
    "sees_photos",
    "travel_times_register",
    "visit_photo_add",
    "visit_photo_open",
    "visit_photos_erase",
    "visit_record",
    "visit_words",
    "visits_register",
]
