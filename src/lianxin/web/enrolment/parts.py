"""What the pages of the roll share: the columns of a form, typed words as a row, whose place it is."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.enrolment.models import SheetKind
from lianxin.enrolment.permissions import BRINGS

AT, AT_UNITS, AT_STAFF = "/enrolment", "/enrolment/units", "/enrolment/staff"
HERE = {SheetKind.DEPUTIES: AT, SheetKind.UNITS: AT_UNITS, SheetKind.STAFF: AT_STAFF}
FIELDS = {
    "姓名": "name",
    "性别": "sex",
    "出生年": "born_year",
    "职业": "occupation",
    "住在哪里": "home",
    "代表证号": "card",
    "哪级代表": "level",
    "哪个镇": "town",
    "届次": "term",
    "选区": "constituency",
    "任期开始": "since",
    "任期届满": "until",
    "单位全称": "name",
    "简称": "short_name",
    "哪一级": "level",
}
"""Column of a sheet → the name of its field on a form."""


def cells_of(request: HttpRequest, columns: tuple[str, ...]) -> dict[str, str]:
    """Return what was typed as a row of a sheet."""
    return {column: request.POST.get(FIELDS[column], "") for column in columns}


def by_field(refusal: LianxinError) -> LianxinError:
    """Return a refusal whose errors carry the names of the fields instead of those of the columns."""
    if not isinstance(refusal, Invalid):
        return refusal
    return Invalid(
        refusal.message, fields={FIELDS.get(key, key): said for key, said in refusal.fields.items()}
    )


def kind_of(slug: str) -> SheetKind:
    """Return the kind of sheet of an address."""
    if slug not in SheetKind.values:
        raise NotFound(_("没有这种表。"))
    return SheetKind(slug)


def place_of(actor: Actor, kind: SheetKind) -> str:
    """Return the place whose roll the actor keeps: the widest one first."""
    return actor.places(*BRINGS[kind])[0]
