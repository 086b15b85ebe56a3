"""Rounds, wishes and projects of the tests: one town's whole way, each stage by the services of its people."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from lianxin.ballots.services import Method, NewOption, PastBallot, ballots_register
from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM, Actor
from lianxin.common.ids import uuid7
from lianxin.people.models import Deputy
from lianxin.projects import services
from lianxin.projects.models import Project, ProjectRound, Wish
from lianxin.projects.services import Card, PlannedStep, Wished
from lianxin.projects.services.facts import TEST, VOTE
from lianxin.regions.loading import HOME6
from tests.factories.cast import CITY, OTHER_TOWN, TOWN, Cast

WISHED = Wished("把二组到河边的路硬化，下雨天老人不好走", "李家庄村二组", "二组三十多户")
RUNNERS = {TOWN: "presidium", OTHER_TOWN: "presidium_other", CITY: "office"}
UNITS = {TOWN: "town-113", OTHER_TOWN: "transport", CITY: "transport"}
GRADES = (("satisfied", "满意"), ("basically_satisfied", "基本满意"), ("dissatisfied", "不满意"))


def runner(cast: Cast, place: str = TOWN) -> Actor:
    """Return who works on a round."""
    return getattr(cast, RUNNERS[place])


def opened(cast: Cast, place: str = TOWN, *, places: int = 1, days: int = 40, year: int = 0) -> ProjectRound:
    """Return a round that has collected for some days."""
    with clock.at(clock.now() - timedelta(days=days)):
        return services.round_open(
            actor=runner(cast, place),
            division_code=place,
            year=year or (clock.now() + timedelta(days=days)).year + 1,
            places=places,
        )


def wish(row: ProjectRound, text: str = "", **more: Any) -> Wish:
    """Wish for something without signing in."""
    wished = Wished(text or WISHED.text, WISHED.place, WISHED.who_benefits)
    return services.wish_add(actor=RESIDENT, row=row, wished=wished, browser_token=uuid7().hex, **more)


def screening(cast: Cast, place: str = TOWN, **more: Any) -> ProjectRound:
    """Return a round whose collection is closed."""
    return services.collection_close(actor=runner(cast, place), row=opened(cast, place, **more))


def card(cast: Cast, row: ProjectRound, title: str = "李家庄村二组道路硬化", **more: Any) -> Project:
    """Write a whole card."""
    whole: dict[str, Any] = {
        "title": title,
        "place": "李家庄村",
        "need": "雨季出行不便。",
        "content": "硬化通组路一点八公里。",
        "amount": 860_000,
        "fund_source": "县级财政",
        "beneficiaries": 320,
        "due_on": clock.today() + timedelta(days=150),
        "unit_code": UNITS[row.division_code],
        **more,
    }
    return services.card_write(actor=runner(cast, row.division_code), row=row, card=Card(**whole))


def agreed(cast: Cast, project: Project) -> Project:
    """Give all three opinions."""
    for kind in ("feasibility", "finance", "legal"):
        services.opinion_give(
            actor=runner(cast, project.division_code),
            project=project,
            kind=kind,
            agrees=True,
            text="同意，可以办。",
            organ="镇财政所",
        )
    return project


def nominated(cast: Cast, row: ProjectRound, count: int = 2) -> list[Project]:
    """Return candidates."""
    who = runner(cast, row.division_code)
    made = [agreed(cast, card(cast, row, f"第{n + 1}组道路硬化")) for n in range(count)]
    return [services.project_nominate(actor=who, project=project) for project in made]


def fixed(cast: Cast, place: str = TOWN, *, places: int = 1) -> ProjectRound:
    """Return a round with its candidates fixed and a session in ten days."""
    row, who = screening(cast, place, places=places), runner(cast, place)
    nominated(cast, row, places + 1)
    services.session_set(actor=who, row=row, session_on=clock.today() + timedelta(days=10))
    return services.candidates_fix(actor=who, row=row)


def sent(cast: Cast, place: str = TOWN, *, places: int = 1) -> ProjectRound:
    """Return a round whose papers lie before the deputies."""
    row, who = fixed(cast, place, places=places), runner(cast, place)
    for kind in ("party", "committee"):
        services.preview_record(actor=who, row=row, kind=kind, held_on=clock.today(), note="同意提请票决。")
    return services.papers_send(actor=who, row=row)


def voted(cast: Cast, place: str = TOWN, *, places: int = 1) -> ProjectRound:
    """Return a round whose vote was held and taken; the last candidate is left out."""
    row = sent(cast, place, places=places)
    hold_vote(row)
    return services.result_take(actor=runner(cast, place), row=row)


def hold_vote(row: ProjectRound) -> None:
    """Enter the plenary's figures: 45 deputies, 40 present."""
    projects = list(row.projects.filter(state="candidate").order_by("number"))
    counts = {str(one.pk): 30 if n < row.places else 10 for n, one in enumerate(projects)}
    votes = {key: {"for": n, "against": 0, "abstain": 40 - n} for key, n in counts.items()}
    _held(row, "projects", projects, Method(mode="approval_max_n", places=row.places), votes, VOTE)


def hold_test(row: ProjectRound, satisfied: int = 38) -> None:
    """Enter the figures of the year-end test."""
    projects = list(row.projects.filter(state__in=["underway", "behind", "done"]))
    one = {
        "satisfied": satisfied,
        "basically_satisfied": 0,
        "dissatisfied": 40 - satisfied,
        "unmarked": 0,
    }
    votes = {str(project.pk): one for project in projects}
    _held(row, "project_test", projects, Method(mode="grades", places=1, grades=GRADES), votes, TEST)


def _held(
    row: ProjectRound, purpose: str, projects: list[Project], method: Method, votes: Any, kind: str
) -> None:
    past = PastBallot(
        body=row.division_code,
        purpose=purpose,
        subject="民生实事票决",
        session="第一次人民代表大会会议",
        held_on=clock.today(),
        options=[NewOption(str(one.pk), one.title) for one in projects],
        method=method,
        electorate=45,
        present=40,
        issued=40,
        returned=40,
        void=0,
        votes=votes,
        about_kind=kind,
        about_id=row.pk,
    )
    ballots_register(actor=SYSTEM, rows=[past], home6=HOME6)


def announced(cast: Cast, place: str = TOWN, *, places: int = 1) -> ProjectRound:
    """Return an announced round."""
    return services.round_announce(actor=runner(cast, place), row=voted(cast, place, places=places))


def chosen(cast: Cast, place: str = TOWN) -> Project:
    """Return a chosen project."""
    return announced(cast, place).projects.select_related("round").get(rank=1)


def supervisors(cast: Cast, project: Project) -> list[Deputy]:
    """Name three supervising deputies, deputy_town among them where it is the town's."""
    names = {
        TOWN: ("deputy_town", "deputy_town_2", "deputy_town_3"),
        CITY: ("deputy_city", "deputy_city_2", "deputy_city_3"),
    }[project.division_code]
    rows = [cast.deputy_row(name) for name in names]
    services.supervisors_name(
        actor=runner(cast, project.division_code), project=project, deputies=[row.pk for row in rows]
    )
    return rows


def planned(cast: Cast, project: Project | None = None, place: str = TOWN) -> Project:
    """Return a project with supervisors and a plan of three milestones."""
    row = project or chosen(cast, place)
    supervisors(cast, row)
    today = clock.today()
    steps = [PlannedStep(f"第{n}步", today + timedelta(days=45 * n)) for n in (1, 2, 3)]
    return services.plan_write(
        actor=runner(cast, row.division_code),
        project=row,
        goals="年底前完工。",
        safeguards="专人负责。",
        steps=steps,
    )


def underway(cast: Cast, place: str = TOWN) -> Project:
    """Return a project at work."""
    row = planned(cast, place=place)
    return services.plan_publish(actor=runner(cast, place), project=row)


def reported(cast: Cast, project: Project, paid: int = 100_000, **more: Any) -> Project:
    """Report the next milestone."""
    step = project.milestones.filter(done_on=None).first()
    assert step
    clerk = cast.clerk_town if project.unit_code == "town-113" else cast.clerk
    return services.progress_report(
        actor=clerk, project=project, milestone=step, told="放线完成，材料进场。", paid=paid, **more
    )


def done(cast: Cast, place: str = TOWN) -> Project:
    """Return a finished project."""
    project = underway(cast, place)
    for paid in (100_000, 200_000, 300_000):
        reported(cast, project, paid)
    head = cast.head_town if project.unit_code == "town-113" else cast.head
    return services.project_complete(actor=head, project=project)


def photo() -> bytes:
    """Return a small photo."""
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(made, "JPEG")
    return made.getvalue()
