"""What stands in the braces of the addresses of earlier records."""

from __future__ import annotations

from typing import Any

from lianxin.archives import selectors, services
from lianxin.archives.models import ImportBatch
from lianxin.common.actor import SYSTEM
from tests.factories.cast import OTHER_TOWN, TOWN, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("archive",)
NAMES = {TOWN: "段家河镇", OTHER_TOWN: "蜀河镇"}


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return a sheet or a record of the town, with its scan."""
    del world
    batch = _batch(cast, TOWN if where == OWN else OTHER_TOWN)
    row = batch.records.get()
    return {"pk": batch.pk if "import" in route else row.pk, "file": selectors.scans_of(row)[0].pk}


def _batch(cast: Cast, town: str) -> ImportBatch:
    found = ImportBatch.objects.filter(division_code=town).first()
    if found is not None:
        return found
    cells = {"日期": "2012年", "类别": "其他", "标题": "旧会议记录", "地方": NAMES[town]}
    made = services.records_import(actor=SYSTEM, place=town, file_name="旧.xlsx", rows=[cells])
    services.scan_add(actor=cast.office, earlier=made.records.get(), data=b"%PDF-1.4 old paper")
    return made
