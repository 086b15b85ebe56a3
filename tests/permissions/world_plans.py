"""What stands in the braces of addresses of plans: things of the city here, of another county there.

The owner of the task and of the seat here is the town of the cast; elsewhere it is the other town.
"""

from __future__ import annotations

from typing import Any

from lianxin.plans import services
from lianxin.plans.models import Petition, Plan, PlanTask, SuperiorDocument, WorkMeeting
from tests.factories import plans as make
from tests.factories.cast import OTHER_TOWN, TOWN, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("plans", "api/v1/plan-tasks")
BODIES: dict[str, dict[str, Any]] = {
    "api/v1/plan-tasks/<pk>/reports": {"percent": 20, "words": "名单已经编好并公示"},
}
AWAY, AWAY_CITY = "610902", "610902000000"
TITLE = "权限表里的实施方案"


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the thing of a region; the acts asked change nothing."""
    del world
    _build(cast)
    home6 = "610981" if where == OWN else AWAY
    kind = next((one for one in _KINDS if f"/{one}/" in route or route.endswith(f"/{one}")), "plans")
    row = _task(where) if kind in {"tasks", "plan-tasks"} else _KINDS[kind].objects.filter(home6=home6)[0]
    return {"pk": row.pk, "file": _file(row), "number": 1, "act": _ACTS.get(kind, "amend")}


def _file(row: Any) -> Any:
    """Return a file of a document or a task, or an id that is none."""
    if isinstance(row, SuperiorDocument):
        return row.files.values_list("file", flat=True).first() or row.pk
    found = row.reports.values_list("proof", flat=True).first() if isinstance(row, PlanTask) else None
    return found or row.pk


_KINDS: dict[str, Any] = {
    "documents": SuperiorDocument,
    "petitions": Petition,
    "meetings": WorkMeeting,
    "plan-tasks": PlanTask,
    "tasks": PlanTask,
    "plans": Plan,
}
_ACTS = {"documents": "settle", "petitions": "revise", "meetings": "cancel", "tasks": "park"}


def _task(where: str) -> PlanTask:
    return PlanTask.objects.get(home6="610981", owner=TOWN if where == OWN else OTHER_TOWN, plan__title=TITLE)


def _build(cast: Cast) -> None:
    """Make one of everything here, then a copy of it in another county."""
    if Plan.objects.filter(title=TITLE).exists():
        return
    plan = make.issued(cast, TITLE)
    make.meeting(cast, plan)
    document, petition = make.document(cast), make.petition(cast, "sent")
    services.document_attach(actor=cast.office, document=document, data=make.PDF)
    services.progress_report(
        actor=cast.presidium, task=_task(OWN), percent=10, words_of="名单已经编好", proof=make.PDF
    )
    _away(document, petition, plan)


def _away(*rows: Any) -> None:
    for row in rows:
        copy = type(row).objects.get(pk=row.pk)
        copy.pk, copy.home6, copy.division_code = None, AWAY, AWAY_CITY
        copy.id = type(row)._meta.get_field("id").get_default()
        copy._state.adding = True
        copy.save()
    plan = Plan.objects.get(home6=AWAY)
    meeting = WorkMeeting.objects.filter(home6="610981")[0]
    WorkMeeting.objects.create(
        home6=AWAY,
        division_code=AWAY_CITY,
        plan=plan,
        title=meeting.title,
        held_at=meeting.held_at,
        place=meeting.place,
        agenda=meeting.agenda,
        state=meeting.state,
    )
