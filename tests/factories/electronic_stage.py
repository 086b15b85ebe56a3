"""One trial in a server's own database, prepared and ended from outside: what people in the hall would do.

python -m tests.factories.electronic_stage open 300    prints what cards and devices hold
python -m tests.factories.electronic_stage finish      closes, unlocks, announces, publishes
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - after the set-up

from lianxin.ballots.electronic import services  # noqa: E402
from lianxin.ballots.models import EncryptedBallot, Trial  # noqa: E402
from lianxin.people.actors import actor_for  # noqa: E402
from tests.factories import ballots as paper  # noqa: E402
from tests.factories import electronic as make  # noqa: E402
from tests.factories.cast import Cast  # noqa: E402


def opened(voters: int) -> dict[str, Any]:
    """Open a trial of so many voters; keep the scrutineers' keys in the data folder."""
    cast = Cast()
    paper.deputies(voters)
    with make.started(cast, present=voters) as stage:
        make.lend_keys(stage)
        make.take_cards(stage)
        make.open_trial(stage)
        keys = [one.key.decode() for one in stage.devices]
        kept = Path(settings.LIANXIN_DATA) / "devices.json"
        kept.write_text(json.dumps(keys))
        return {
            "code": stage.trial.code,
            "hall_key": services.hall_key_of(stage.trial),
            "cards": stage.codes,
        }


def finish(papers: list[str]) -> dict[str, Any]:
    """Close, unlock with three keys, announce the paper, publish."""
    cast, trial = Cast(), Trial.objects.get()
    stage = make.Stage(cast, trial, [])
    with contextlib.ExitStack() as rest:
        for one, key in zip(trial.trustees.all(), json.loads(_devices().read_text()), strict=True):
            device = make.Device(
                actor_for(one.account_id), Path(rest.enter_context(make.TemporaryDirectory()))
            )
            (device.folder / "own.key").write_text(key)
            stage.devices.append(device)
        make.close(stage)
        for place in (0, 2, 4):
            make.share(stage, place)
        make.announce_paper(stage, papers)
        trial.refresh_from_db()
        services.trial_publish(actor=stage.host, trial=trial)
    return {"mark": trial.board_print, "result": trial.result, "receipts": _receipts()}


def _devices() -> Path:
    return Path(settings.LIANXIN_DATA) / "devices.json"


def _receipts() -> list[str]:
    return sorted(EncryptedBallot.objects.values_list("receipt", flat=True))


if __name__ == "__main__":
    task = sys.argv[1]
    if task == "open":
        said: Any = opened(int(sys.argv[2]))
    elif task == "finish":
        said = finish(json.loads(sys.argv[2]))
    else:
        said = {"receipts": _receipts()}
    print("SAID" + json.dumps(said))
