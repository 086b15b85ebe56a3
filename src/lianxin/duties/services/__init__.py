"""Every act on the ledger of duties."""

from lianxin.duties.services.bringing import NewDeed, NewPledge, deeds_register, pledges_register
from lianxin.duties.services.deeds import beneficiary_hear, beneficiary_say, code_make, deed_of_code
from lianxin.duties.services.judging import copy_judge, duty_confirm, duty_reject, duty_withdraw
from lianxin.duties.services.kinds import KindForm, kind_add, kind_change, kind_end
from lianxin.duties.services.pledges import (
    explain_until,
    pledge_explain,
    pledge_fulfil,
    pledge_make,
    pledge_note,
    pledge_prove,
    pledge_publish,
    pledge_release,
    pledge_send_back,
    pledge_take_over,
    pledges_remind,
)
from lianxin.duties.services.posting import NewDuty, duties_register, duty_post, duty_unpost
from lianxin.duties.services.recording import duty_amend, duty_record, duty_submit, proof_add

__all__ = [
    "KindForm",
    "NewDeed",
    "NewDuty",
    "NewPledge",
    "beneficiary_hear",
    "beneficiary_say",
    "code_make",
    "copy_judge",
    "deed_of_code",
    "deeds_register",
    "duties_register",
    "duty_amend",
    "duty_confirm",
    "duty_post",
    "duty_record",
    "duty_reject",
    "duty_submit",
    "duty_unpost",
    "duty_withdraw",
    "kind_add",
    "kind_change",
    "kind_end",
    "explain_until",
    "pledge_explain",
    "pledge_fulfil",
    "pledge_make",
    "pledge_note",
    "pledge_prove",
    "pledge_publish",
    "pledge_release",
    "pledge_send_back",
    "pledge_take_over",
    "pledges_register",
    "pledges_remind",
    "proof_add",
]
