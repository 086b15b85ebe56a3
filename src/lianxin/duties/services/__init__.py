"""Every act on the ledger of duties."""

from lianxin.duties.services.posting import NewDuty, duties_register, duty_post, duty_unpost
from lianxin.duties.services.recording import duty_amend, duty_record, duty_submit, proof_add

__all__ = [
    "NewDuty",
    "duties_register",
    "duty_amend",
    "duty_post",
    "duty_record",
    "duty_submit",
    "duty_unpost",
    "proof_add",
]
