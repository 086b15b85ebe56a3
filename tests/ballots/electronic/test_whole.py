"""One trial from the keys to its publication, with three voters: services only."""

from __future__ import annotations

import pytest

from lianxin.ballots.electronic import elections, verifier
from lianxin.ballots.electronic.services import trial_publish
from lianxin.ballots.electronic.services.step import file_of
from lianxin.ballots.electronic.workflow import State
from lianxin.common.errors import Refused
from tests.factories import electronic as make
from tests.factories.cast import Cast


def test_a_trial_of_three_voters_from_the_keys_to_the_verified_board(cast: Cast, deputies: None) -> None:
    with make.started(cast) as stage:
        make.make_keys(stage)
        make.take_cards(stage)
        make.open_trial(stage)
        receipts = [
            make.cast_one(stage, 0, "o1", "o2").receipt,
            make.cast_one(stage, 1, "o1").receipt,
            make.cast_one(stage, 2).receipt,
        ]
        make.close(stage)
        for place in (0, 3, 4):
            make.share(stage, place)
        assert stage.trial.trustees.exclude(share="").count() == 3
        stage.trial.refresh_from_db()
        with pytest.raises(Refused, match="纸票结果公布以后"):
            trial_publish(actor=stage.host, trial=stage.trial)
        make.announce_paper(stage, ["12", "1", "0", *["12"] * 7])
        stage.trial.refresh_from_db()
        trial_publish(actor=stage.host, trial=stage.trial)
        assert stage.trial.state == State.PUBLISHED
        counts = stage.trial.result["counts"]
        assert {key: row["for"] for key, row in counts.items()} == {"o1": 2, "o2": 1, "o3": 0, "o4": 0}
        assert (stage.trial.result["ballots"], stage.trial.result["blank"]) == (3, 1)
        board = file_of(stage.trial, elections.FULL)
        assert board is not None
        report = verifier.verify(board, mark=stage.trial.board_print, receipts=receipts)
        assert report.passed, report
        assert (report.ballots, report.cards, report.result) == (3, 12, ((1, 2, 1, 0, 0),))
