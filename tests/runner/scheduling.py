"""A process of the tests that dies is begun anew, and what it had not run is run.

pytest-xdist 3.8 waits for ever after a process of `--dist loadgroup` has died: it deals out what was already
run as work for nobody (pytest-xdist #1323, #1378), and a new process with one test waits for a second (#1327).
Here the new process gets what is left. A test under which a process dies once is run again, and the summary
says so; a test under which it dies twice has failed.
"""

from __future__ import annotations

from collections import OrderedDict

from xdist.scheduler.loadgroup import LoadGroupScheduling
from xdist.workermanage import WorkerController


class PatientScheduling(LoadGroupScheduling):
    """Deals files to processes as `--dist loadgroup` does, and survives the death of one."""

    fallen: tuple[str, ...] = ()
    """The tests under which a process died, in the order of the deaths."""

    def remove_node(self, node: WorkerController) -> str | None:
        """Take back what a process has not run; return the test that has killed two processes."""
        left = _unfinished(self.assigned_work.pop(node))
        if not left:
            return None
        fatal = next(test for unit in left.values() for test, done in unit.items() if not done)
        again = fatal in self.fallen
        self.fallen = (*self.fallen, fatal)
        if again:
            next(unit for unit in left.values() if fatal in unit)[fatal] = True
            left = _unfinished(left)
        self.workqueue = OrderedDict({**left, **self.workqueue})
        for other in self.assigned_work:
            self._reschedule(other)
        return fatal if again else None

    def _assign_work_unit(self, node: WorkerController) -> None:
        """Give work until the process has two tests: it begins one when it knows the next."""
        super()._assign_work_unit(node)
        while self.workqueue and self._pending_of(self.assigned_work[node]) < 2:
            super()._assign_work_unit(node)
        if not self.workqueue and self._pending_of(self.assigned_work[node]) < 2:
            node.shutdown()


def _unfinished(workload: dict[str, dict[str, bool]]) -> dict[str, dict[str, bool]]:
    return {scope: unit for scope, unit in workload.items() if not all(unit.values())}
