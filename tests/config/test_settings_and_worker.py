"""Settings are safe by default; secrets are made once; the worker does what is due and survives trouble."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from lianxin.config.env import Environment
from lianxin.config.jobs import Job, jobs
from lianxin.config.worker import Worker
from tests.factories.cast import Cast

ROOT = Path(__file__).resolve().parents[2]


def loaded(tmp_path: Path, **env: str) -> dict[str, object]:
    """Return the settings of a fresh process with an environment of its own."""
    names = [
        "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT",
        "LIANXIN_DEMO", "SESSION_COOKIE_HTTPONLY", "ALLOWED_HOSTS", "X_FRAME_OPTIONS",
    ]  # fmt: skip
    code = f"import json; from lianxin.config import settings as s; print(json.dumps({{n: getattr(s, n) for n in {names}}}))"
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "LIANXIN_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env={**own, **env}, capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def test_nothing_is_open_unless_somebody_opens_it(tmp_path: Path) -> None:
    plain = loaded(tmp_path)
    assert (plain["DEBUG"], plain["LIANXIN_DEMO"], plain["X_FRAME_OPTIONS"]) == (False, False, "DENY")
    assert plain["SESSION_COOKIE_HTTPONLY"]
    assert "*" not in plain["ALLOWED_HOSTS"]  # type: ignore[operator]


def test_with_tls_cookies_and_browsers_stay_with_it(tmp_path: Path) -> None:
    tls = loaded(tmp_path, LIANXIN_HTTPS="1")
    assert tls["SESSION_COOKIE_SECURE"]
    assert tls["CSRF_COOKIE_SECURE"]
    assert tls["SECURE_SSL_REDIRECT"]
    assert tls["SECURE_HSTS_SECONDS"] == 31_536_000
    assert loaded(tmp_path)["SECURE_HSTS_SECONDS"] == 0


def test_a_page_carries_its_guards(cast: Cast, client: Client) -> None:
    answer = client.get("/login")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:", policy)
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_health_is_answered_as_json(cast: Cast, client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_health_says_loading_while_the_demo_city_is_not_there(cast: Cast, client: Client) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LIANXIN_DEMO", True)
        assert client.get("/healthz").status_code == 503


class TestSecrets:
    def test_one_is_made_once_and_only_its_owner_reads_it(self, tmp_path: Path) -> None:
        env = Environment(data=tmp_path)
        first = env.secret("master_key")
        assert env.secret("master_key") == first
        assert len(first) > 40
        kept = tmp_path / "secrets" / "master_key"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert env.secret("secret_key") != first
        assert {path.name for path in kept.parent.iterdir()} == {"master_key", "secret_key"}

    def test_a_given_one_is_taken(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LIANXIN_MASTER_KEY", "given")
        assert Environment(data=tmp_path).secret("master_key") == "given"
        assert not (tmp_path / "secrets").exists()


class TestWorker:
    def worker(self, *rows: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Worker:
        monkeypatch.setattr("lianxin.config.worker.close_old_connections", lambda: None)
        monkeypatch.setattr(settings, "LIANXIN_DATA", tmp_path)
        worker = Worker()
        worker.jobs = list(rows)
        return worker

    def test_a_broken_job_does_not_stop_the_others(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        done: list[str] = []
        broken = Job("broken", 1, lambda: 1 // 0)
        good = Job("good", 1, lambda: len(done.append("good") or done))  # type: ignore[func-returns-value]
        worker = self.worker(broken, good, monkeypatch=monkeypatch, tmp_path=tmp_path)
        worker.run(once=True)
        assert done == ["good"]
        assert broken.next_at > good.next_at
        assert (tmp_path / "worker_alive").exists()

    def test_a_job_that_drains_a_queue_is_asked_again_at_once(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """One that counts what stands would keep the worker busy for ever: it waits for its hour."""
        busy, idle = Job("busy", 3600, lambda: 3, drains=True), Job("idle", 3600, lambda: 0)
        counts = Job("counts", 3600, lambda: 3)
        self.worker(busy, idle, counts, monkeypatch=monkeypatch, tmp_path=tmp_path).run(once=True)
        assert idle.next_at - busy.next_at > 3000
        assert counts.next_at - busy.next_at > 3000

    def test_it_stops_when_asked(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        runs: list[int] = []
        worker = self.worker(monkeypatch=monkeypatch, tmp_path=tmp_path)

        def run() -> int:
            runs.append(1)
            if len(runs) == 3:
                worker.stop(15, None)
            return 1

        worker.jobs = [Job("loop", 0, run)]
        worker.run(once=False)
        assert len(runs) == 3

    def test_what_is_urgent_has_its_turn_before_each_of_the_others(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """A mail that is queued while a long job works must not wait for the whole round."""
        done: list[str] = []
        worker = self.worker(monkeypatch=monkeypatch, tmp_path=tmp_path)

        def job(name: str, **more: Any) -> Job:
            return Job(name, 3600, lambda: done.append(name) or 0, **more)  # type: ignore[func-returns-value]

        mails = job("mails", urgent=True)
        mails.every = 0
        last = Job("last", 0, lambda: worker.stop(15, None) or 1)  # type: ignore[func-returns-value]
        worker.jobs = [mails, job("long"), job("longer"), last, job("after the stop")]
        worker.run(once=False)
        assert done == ["mails", "mails", "long", "mails", "longer", "mails"]
        assert [one.name for one in jobs() if one.urgent] == ["outbox"]

    def test_every_job_has_a_name_and_a_pace(self) -> None:
        names = [job.name for job in jobs()]
        assert {"outbox", "deadlines", "purge", "roots", "chain"} <= set(names)
        assert len(set(names)) == len(names)
        assert all(job.every > 0 for job in jobs())


def test_every_setting_of_the_environment_is_explained() -> None:
    text = (ROOT / "src/lianxin/config/env.py").read_text("utf-8")
    names = set(re.findall(r"\"((?:LIANXIN_|DATABASE_)[A-Z_0-9]+)\"", text))
    table = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    assert len(names) > 8
    assert sorted(name for name in names if f"`{name}`" not in table) == []
