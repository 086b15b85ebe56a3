"""The worker: one process, one loop, no broker."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator
from types import FrameType

from django.conf import settings
from django.db import close_old_connections

from lianxin.config.jobs import Job, jobs

log = logging.getLogger("lianxin.worker")


class Worker:
    """Runs the jobs that are due until it is asked to stop."""

    def __init__(self) -> None:
        self.stopping = False
        self.jobs = jobs()

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """End after the present job."""
        self.stopping = True

    def run(self, *, once: bool) -> None:
        """Loop; with `once` every job runs a single time."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self.stopping:
            did = [self._run(job) for job in (self.jobs if once else self._due())]
            (settings.LIANXIN_DATA / "worker_alive").touch()
            if once:
                return
            if not any(did):
                time.sleep(0.5)

    def _due(self) -> Iterator[Job]:
        """Yield what is due until it is asked to stop; what is urgent comes before each of the others."""
        for job in self.jobs:
            before = [] if job.urgent else [one for one in self.jobs if one.urgent]
            for one in (*before, job):
                if one.next_at <= time.monotonic() and not self.stopping:
                    yield one

    def _run(self, job: Job) -> bool:
        close_old_connections()
        job.next_at = time.monotonic() + job.every
        try:
            did = job.run()
        except Exception:  # one broken job must not stop the others
            log.exception("job %s failed", job.name)
            job.next_at += 30
            return False
        if did and job.drains:
            job.next_at = time.monotonic()
        return did > 0 and job.drains
