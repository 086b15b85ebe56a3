"""Every act at a station."""

from lianxin.stations.services.contact import station_contact_set
from lianxin.stations.services.goods import Ballot, goods_rate, goods_register
from lianxin.stations.services.history import Came, PastDay, past_days_register
from lianxin.stations.services.network import (
    grid_report,
    grid_role_end,
    grid_role_give,
    grid_roles_register,
    grids_make,
    member_end,
    members_place,
    room_open,
)
from lianxin.stations.services.outpost import (
    free_block_edit,
    mediation_record,
    policy_publish,
    policy_read,
)
from lianxin.stations.services.presence import door_code
from lianxin.stations.services.reception import (
    Received,
    Visit,
    paper_visits,
    reception_register,
    summary_draft,
    summary_submit,
    ticket_call,
    ticket_issue,
)
from lianxin.stations.services.retention import signs_purge
from lianxin.stations.services.rota import absence_declare, rota_make, rota_publish, turn_change
from lianxin.stations.services.standards import (
    Seen,
    check_decide,
    check_submit,
    checklist,
    checks_register,
)
from lianxin.stations.services.timers import reception_tick
from lianxin.stations.services.turns import (
    turn_confirm,
    turn_correct,
    turn_explain,
    turn_leave,
    turn_miss,
    turn_offers,
    turn_sign_in,
    turn_sign_out,
    turn_tick,
)
from lianxin.stations.services.vacancies import grid_alarms_refresh

__all__ = [
    "Ballot",
    "Came",
    "PastDay",
    "Received",
    "Seen",
    "Visit",
    "absence_declare",
    "check_decide",
    "check_submit",
    "checklist",
    "checks_register",
    "door_code",
    "free_block_edit",
    "goods_rate",
    "goods_register",
    "grid_alarms_refresh",
    "grid_report",
    "grid_role_end",
    "grid_role_give",
    "grid_roles_register",
    "grids_make",
    "mediation_record",
    "member_end",
    "members_place",
    "paper_visits",
    "past_days_register",
    "policy_publish",
    "policy_read",
    "reception_register",
    "reception_tick",
    "room_open",
    "rota_make",
    "rota_publish",
    "signs_purge",
    "station_contact_set",
    "summary_draft",
    "summary_submit",
    "ticket_call",
    "ticket_issue",
    "turn_change",
    "turn_confirm",
    "turn_correct",
    "turn_explain",
    "turn_leave",
    "turn_miss",
    "turn_offers",
    "turn_sign_in",
    "turn_sign_out",
    "turn_tick",
]
