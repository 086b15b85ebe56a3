"""Keys on the scrutineers' own devices, cards printed apart: by pages and commands, and what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from lianxin.ballots.electronic import materials, services
from lianxin.ballots.electronic.keys import name_of
from lianxin.ballots.electronic.materials import HAND_IN
from lianxin.ballots.electronic.workflow import State
from lianxin.ballots.models import Trial
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.people.models import Account
from tests.factories import electronic as make
from tests.factories.cast import Cast

pytestmark = pytest.mark.usefixtures("deputies")


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def scrutineer(*words: str) -> str:
    out = io.StringIO()
    call_command("scrutineer", *words, stdout=out)
    return out.getvalue()


def hand_in(client: Client, trial: Trial, part: str, content: bytes) -> Any:
    file = SimpleUploadedFile("part.json", content)
    return client.post(f"/ballots/{trial.ballot_id}/trial/mine", {"kind": part, "part": file})


def test_five_scrutineers_make_their_keys_by_page_and_command(cast: Cast, tmp_path: Path) -> None:
    with make.started(cast) as stage:
        trial = stage.trial
        host = browser(cast.account("presidium"))
        people = [browser(Account.objects.get(pk=one.account_id)) for one in trial.trustees.all()]
        folders = [tmp_path / str(place) for place in range(5)]
        for part in ("certificate", "polynomial", "answer"):
            for place, (client, folder) in enumerate(zip(people, folders, strict=True)):
                words = [str(folder)]
                if part != "certificate":
                    material = tmp_path / f"{place}.zip"
                    answer = client.get(f"/ballots/{trial.ballot_id}/trial/mine/material.zip")
                    material.write_bytes(answer.content)
                    assert folder.joinpath(next(folder.glob("*.key"))).read_bytes() not in answer.content
                    words.append(str(material))
                said = scrutineer(*words)
                assert HAND_IN[part] in said
                page = host.get(f"/ballots/{trial.ballot_id}/trial").content.decode()
                assert "还没交的" in page
                assert hand_in(client, trial, part, (folder / HAND_IN[part]).read_bytes()).status_code == 302
        trial.refresh_from_db()
        assert trial.state == State.CARDS
        mine = people[0].get(f"/ballots/{trial.ballot_id}/trial/mine").content.decode()
        assert all(name_of(one.certificate)[:16] in mine for one in trial.trustees.all())
        stored = "".join(
            one.certificate + one.polynomial + one.received + one.answer + one.sealed_key
            for one in trial.trustees.all()
        )
        assert not any(next(folder.glob("*.key")).read_text().strip() in stored for folder in folders)


def test_a_part_is_given_in_turn_by_the_right_person_and_checked(cast: Cast) -> None:
    with make.started(cast) as stage:
        trial, first = stage.trial, stage.devices[0]
        certificate = make.keys.new_key(first.folder)
        give: Any = {"trial": trial, "part": "certificate"}
        for who in (cast.presidium, cast.keeper, cast.deputy_city):
            with pytest.raises(Denied):
                services.part_give(actor=who, content=certificate, **give)
        with pytest.raises(Invalid), transaction.atomic():
            services.part_give(actor=first.actor, content='{"message": "made up"}', **give)
        with pytest.raises(Conflict):
            services.part_give(actor=first.actor, trial=trial, part="polynomial", content=certificate)
        services.part_give(actor=first.actor, content=certificate, **give)
        with pytest.raises(Conflict, match="交过了"):
            services.part_give(actor=first.actor, content=certificate, **give)
        client = browser(Account.objects.get(pk=trial.trustees.get(slot=2).account_id))
        assert "请核对文件" in hand_in(client, trial, "certificate", b"nothing").content.decode()
        assert client.get(f"/ballots/{trial.ballot_id}/trial/mine/material.zip").status_code == 409


def test_cards_are_printed_apart_and_only_their_public_part_comes_here(cast: Cast, tmp_path: Path) -> None:
    with make.started(cast) as stage:
        make.lend_keys(stage)
        trial, electorate = stage.trial, stage.trial.ballot.electorate
        call_command(
            "cards", str(tmp_path), code=trial.code, count=electorate, title="项目票决", stdout=io.StringIO()
        )
        public = (tmp_path / "public_creds.json").read_bytes()
        with pdfplumber.open(tmp_path / "cards.pdf") as sheet:
            text = "".join(page.extract_text() for page in sheet.pages)
        assert text.count("码卡（试用）") == electorate and "项目票决" in text
        assert json.loads(public) == sorted(json.loads(public))
        assert all(one.isdigit() for one in json.loads(public)), "a public part carries no number of its card"
        host = browser(cast.account("presidium"))

        def register(content: bytes) -> Any:
            file = SimpleUploadedFile("public_creds.json", content)
            return host.post(f"/ballots/{trial.ballot_id}/trial/acts/take_cards", {"cards": file})

        assert register(b"[1, 2]").status_code == 422
        few = json.dumps(json.loads(public)[:-1]).encode()
        assert f"码卡要正好 {electorate} 张" in register(few).content.decode()
        assert register(public).status_code == 302
        trial.refresh_from_db()
        assert (trial.state, trial.cards) == (State.READY, electorate)


def test_no_voting_by_machine_before_the_papers_are_out(cast: Cast) -> None:
    with make.started(cast) as stage:
        make.lend_keys(stage)
        make.take_cards(stage)
        with pytest.raises(Refused, match="纸质选票发出以后"):
            services.trial_open(actor=stage.host, trial=stage.trial)


def test_a_trial_may_be_given_up_at_any_stage_and_begun_anew(cast: Cast) -> None:
    with make.started(cast) as stage:
        with pytest.raises(Conflict):
            services.trial_start(actor=stage.host, ballot=stage.trial.ballot)
        with pytest.raises(Denied):
            services.trial_abandon(actor=cast.keeper, trial=stage.trial, reason="投票机坏了")
        services.trial_abandon(actor=stage.host, trial=stage.trial, reason="投票机坏了")
        assert stage.trial.ballot.state == "quorate", "the paper goes on"
        again = services.trial_start(actor=stage.host, ballot=stage.trial.ballot)
        assert again.code != stage.trial.code


def test_the_device_refuses_what_is_not_for_it(tmp_path: Path) -> None:
    scrutineer(str(tmp_path / "a"))
    with pytest.raises(CommandError, match="已经有钥匙"):
        scrutineer(str(tmp_path / "a"))
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    with pytest.raises(CommandError, match="不是给监票人的材料"):
        scrutineer(str(tmp_path / "a"), str(tmp_path / "x.zip"))
    scrutineer(str(tmp_path / "b"))
    other = (tmp_path / "b" / HAND_IN["certificate"]).read_text()
    packed = materials.packed("polynomial", slot=1, threshold=1, files=materials.certificates_file([other]))
    (tmp_path / "y.zip").write_bytes(packed)
    with pytest.raises(CommandError, match="没有这台设备的钥匙"):
        scrutineer(str(tmp_path / "a"), str(tmp_path / "y.zip"))
