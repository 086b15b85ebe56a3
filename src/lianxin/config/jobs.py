"""What the worker does, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lianxin.activities.services import minutes_remind
from lianxin.audit.checking import chain_check_due
from lianxin.audit.roots import roots_make
from lianxin.campaigns.services import inspection_tick
from lianxin.charters.services import charter_tick
from lianxin.colleagues.services import circulars_remind
from lianxin.common import clock
from lianxin.contacts.services import alarms_refresh, households_purge, plans_run, reply_sheets_purge
from lianxin.documents.sweeping import files_sweep
from lianxin.duties.assessing.files import files_tick
from lianxin.duties.services import pledges_remind
from lianxin.elections.services import elections_tick
from lianxin.handling.services import deadlines_recount
from lianxin.leaving.services import leaving_remind
from lianxin.meetings.services import ratings_remind
from lianxin.notifications.sending import deliver_due
from lianxin.opinions.services import purge
from lianxin.plans.services import plans_tick
from lianxin.projects.services import projects_tick
from lianxin.search.vectors import vectors_fill
from lianxin.stations.services import grid_alarms_refresh, reception_tick, signs_purge
from lianxin.suggestions.services import tick
from lianxin.villages.services import disclosure_tick

HOUR = 3600.0


@dataclass
class Job:
    """One kind of work; `run` returns how much it did, 0 for nothing.

    What `drains` a queue runs again at once while there is work; the others wait for their hour, since
    some count what stands and not what they changed. What is `urgent` has its turn before each of the
    others: a mail waits for one job at most, never for a whole round.
    """

    name: str
    every: float
    run: Callable[[], int]
    next_at: float = 0.0
    drains: bool = False
    urgent: bool = False


def _purge() -> int:
    today = clock.today()
    done = purge(today)
    return done.contacts + done.files + households_purge(today) + reply_sheets_purge(today)


def jobs() -> list[Job]:
    """Return the worker's jobs; each is safe to repeat."""
    return [
        Job("outbox", 1.0, lambda: deliver_due(50), drains=True, urgent=True),
        Job("vectors", 2.0, lambda: vectors_fill(16), drains=True),
        Job("recounted", HOUR, deadlines_recount),
        Job("deadlines", HOUR, lambda: sum(tick(clock.today()).values())),
        Job("minutes", HOUR, minutes_remind),
        Job("ratings", HOUR, lambda: ratings_remind(clock.today())),
        Job("circulars", HOUR, lambda: circulars_remind(clock.today())),
        Job("receptions", HOUR / 4, reception_tick),
        Job("scores", 6 * HOUR, lambda: files_tick(clock.today())),
        Job("villages", HOUR, disclosure_tick),
        Job("elections", HOUR, elections_tick),
        Job("charters", HOUR, charter_tick),
        Job("inspections", HOUR, inspection_tick),
        Job("projects", HOUR, projects_tick),
        Job("plans", HOUR, plans_tick),
        Job("pairing_plans", 5.0, plans_run, drains=True),
        Job("broken_links", HOUR, alarms_refresh),
        Job("vacant_grids", HOUR, grid_alarms_refresh),
        Job("purge", 6 * HOUR, _purge),
        Job("signs", HOUR, signs_purge),
        Job("sweep", 24 * HOUR, files_sweep),
        Job("pledges", 6 * HOUR, lambda: pledges_remind(clock.today())),
        Job("leavings", 6 * HOUR, lambda: leaving_remind(clock.today())),
        Job("roots", HOUR, roots_make),
        Job("chain", HOUR, chain_check_due),
    ]
