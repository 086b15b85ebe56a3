"""Entering people: deputies with their seats, units, staff; first passwords.

    sheet = people_bring(actor=office, kind=SheetKind.DEPUTIES, place=CITY, file_name="名册.xlsx", rows=rows)
    sheet.taken, sheet.repeated, sheet.refused        # what came of it
    staff_grant(actor=security, sheet=sheet)          # what a sheet of staff asked for
    opened = passwords_give(actor=admin, place=TOWN)  # account → first password, told this once

Every service checks who may, keeps good rows in one transaction, gives faulty ones back, and is on the
trail. Raises `Denied`, `Invalid`, `Refused`.
"""

from lianxin.enrolment.services.bringing import people_bring, person_enter
from lianxin.enrolment.services.correcting import deputy_correct, unit_close, unit_rename
from lianxin.enrolment.services.opening import PasswordsGiven, passwords_give
from lianxin.enrolment.services.staff import staff_grant

__all__ = [
    "PasswordsGiven",
    "deputy_correct",
    "passwords_give",
    "people_bring",
    "person_enter",
    "staff_grant",
    "unit_close",
    "unit_rename",
]
