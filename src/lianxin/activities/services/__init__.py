"""Every act on groups, plans, activities and presence."""

from lianxin.activities.services.groups import (
    leader_appoint,
    proposal_adopt,
    proposal_drop,
    proposal_make,
)
from lianxin.activities.services.holding import (
    Planned,
    activity_begin,
    activity_cancel,
    activity_change,
    activity_end,
    activity_notify,
    activity_plan,
    minutes_remind,
    minutes_write,
)
from lianxin.activities.services.plans import plan_item_add, plan_item_remove
from lianxin.activities.services.presence import (
    code_now,
    gathering_open,
    guests_add,
    presence_sign_in,
    presence_sign_out,
    presence_tick,
)
from lianxin.activities.services.register import (
    Held,
    NewItem,
    activities_register,
    leaders_register,
    plans_register,
)

__all__ = [
    "Held",
    "NewItem",
    "Planned",
    "activities_register",
    "activity_begin",
    "activity_cancel",
    "activity_change",
    "activity_end",
    "activity_notify",
    "activity_plan",
    "code_now",
    "gathering_open",
    "guests_add",
    "leader_appoint",
    "leaders_register",
    "minutes_remind",
    "minutes_write",
    "plan_item_add",
    "plan_item_remove",
    "plans_register",
    "presence_sign_in",
    "presence_sign_out",
    "presence_tick",
    "proposal_adopt",
    "proposal_drop",
    "proposal_make",
]
