"""The public board: nothing while voting goes on, everything after; two results side by side; ties."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lianxin.ballots import services as paper
from lianxin.ballots.electronic import services
from lianxin.ballots.electronic.selectors import trial_of
from tests.factories import electronic as make
from tests.factories.cast import Cast

pytestmark = pytest.mark.usefixtures("deputies")


def seen(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200 and "sessionid" not in answer.cookies, path
    return str(answer.content.decode())


def test_what_everybody_sees_from_the_opening_to_the_publication(cast: Cast, tmp_path: Path) -> None:
    with make.started(cast) as stage:
        where = f"/evote/{stage.trial.code}"
        assert Client().get(where).status_code == 404
        make.lend_keys(stage)
        make.take_cards(stage)
        make.open_trial(stage)
        receipts = [make.cast_one(stage, place, "o1", "o2").receipt for place in range(3)]
        open_page = seen(where)
        assert "正在投票" in open_page and not any(one in open_page for one in receipts)
        assert Client().get(f"{where}/board.zip").status_code == 404
        make.close(stage)
        closed = seen(where)
        assert all(one in closed for one in receipts) and "总数还锁着" in closed
        assert "在公示板上。" in seen(f"{where}/verify?receipt={receipts[0].replace('+', '%2B')}")
        assert "没有这张回执" in seen(f"{where}/verify?receipt=AAAA")
        for place in (0, 1, 2):
            make.share(stage, place)
        make.announce_paper(stage, ["12"] * 7 + ["34"] * 3)
        stage.trial.refresh_from_db()
        services.trial_publish(actor=stage.host, trial=stage.trial)
        published = seen(where)
        assert "纸票（正式）" in published and "全体投了一样的票" in published
        board = tmp_path / "board.zip"
        board.write_bytes(Client().get(f"{where}/board.zip").content)
        _verified(board, stage.trial.board_print, receipts)
        names = set(zipfile.ZipFile(board).namelist())
        assert {"election.json", "trustees.json", "public_creds.json", "ballots.jsons", "result.json"} < names


def _verified(board: Path, mark: str, receipts: list[str]) -> None:
    out = io.StringIO()
    call_command("verify_election", str(board), mark=mark, receipt=receipts, stdout=out)
    assert "全部通过" in out.getvalue() and out.getvalue().count("✓") == 10
    with pytest.raises(CommandError, match="没有通过查验"):
        call_command("verify_election", str(board), mark="0" * 16, stdout=io.StringIO())


def test_a_tie_leads_to_a_further_round_with_a_trial_of_its_own(cast: Cast) -> None:
    with make.voting(cast, present=12) as stage:
        make.announce_paper(stage, ["12"] * 4 + ["13"] * 4 + ["23"] * 4)
        row = stage.trial.ballot
        row.refresh_from_db()
        following = paper.ballot_next_round(actor=stage.host, ballot=row)
        assert [one.key for one in following.options.all()] == ["o1", "o2", "o3"]
        assert trial_of(following) is None
        again = services.trial_start(actor=stage.host, ballot=following)
        assert again.code != stage.trial.code and again.trustees.count() == 5
