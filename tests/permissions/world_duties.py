"""What stands in the braces of the addresses of the ledger of duties."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from lianxin.common import clock
from lianxin.duties import services
from lianxin.duties.models import DutyPledge, DutyRecord
from tests.factories import duties as make
from tests.factories.cast import Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = (
    "deputy/note",
    "deputy/duties",
    "deputy/pledges",
    "office/duties",
    "office/effect",
    "administration/duties",
    "deeds/",
    "deputies/<uuid:pk>",
    "api/v1/duties",
    "api/v1/pledges",
)
TITLE = "给三户修好水管"


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the brace values: a deputy's own things on his pages, the town's at the desk."""
    del world
    near = "deputy_town" if route.startswith("office") else "deputy_city"
    who = near if where == OWN else "deputy_other"
    found: dict[str, Any] = {"slug": _slug(route)}
    if "pledges" in route and not route.startswith("deputies"):
        act = "send_back" if route.startswith("office") else "half_year_note"
        return found | {"pk": _pledge(cast, who).pk, "act": act, "action": act}
    if "enter/" in route or route.startswith(("deputies", "office/duties/deputies")):
        return found | {"pk": cast.deputy_row(who).pk}
    row = _deed(cast, who)
    act = "reject" if route.startswith("office") else "amend"
    found |= {"pk": row.pk, "file": row.proofs.get().file_id, "act": act, "action": act}
    if route.startswith("deeds/"):
        found["code"] = services.code_make(actor=getattr(cast, who), record=row)
    return found


def _slug(route: str) -> str:
    if "effect" in route:
        return "replied"
    return "training" if "enter/" in route else "field_diary"


def _deed(cast: Cast, who: str) -> DutyRecord:
    row = DutyRecord.objects.filter(title=TITLE, deputy=cast.deputy_row(who)).first()
    if row is not None:
        return row
    actor = getattr(cast, who)
    values = {"people": 3, "field": "饮水"}
    home = cast.deputy_row(who).division_code
    row = make.record(actor, "practical_deed", title=TITLE, values=values, division_code=home)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(out, "JPEG")
    services.proof_add(actor=actor, record=row, data=out.getvalue())
    return row


def _pledge(cast: Cast, who: str) -> DutyPledge:
    row = DutyPledge.objects.filter(deputy=cast.deputy_row(who)).first()
    if row is not None:
        return row
    actor = getattr(cast, who)
    row = services.pledge_make(actor=actor, item="推动三组通组路硬化", due_on=clock.today())
    services.pledge_publish(actor=actor, pledge=row)
    return services.pledge_prove(actor=actor, pledge=row, proof="路已经通车了，有验收单")
