"""One town's whole year, told act by act: from the wish to the vote, the milestones with photos, the test."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lianxin.ballots.services import SATISFACTION, Method, NewOption, PastBallot, ballots_register
from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM, Actor
from lianxin.demo.city import LAMP_VILLAGE, TOUR_TOWN, City
from lianxin.demo.projects_drawing import site_photo
from lianxin.demo.telling import Story
from lianxin.projects import services
from lianxin.projects.models import Project, ProjectRound, Wish, WishChannel
from lianxin.projects.services import Card, Decision, News, PlannedStep, Wished
from lianxin.projects.services.facts import TEST, VOTE
from lianxin.regions.loading import HOME6

PLACES = 5
WISHES = (
    ("二组到河边的路一下雨就稀烂，想硬化", "李家庄村二组", "二组三十多户和上学的孩子"),
    ("下雨天学生走不出来，想把路修好", "李家庄村二组", "上学的孩子"),
    ("自来水一到夏天就断，想换大水池", "李家庄村三组", "三组四十户"),
    ("晚上老人起夜看不见，想装路灯", "李家庄村", "全村老人"),
    ("卫生室太小，打针都没地方坐", "段家河村", "全村人"),
    ("河边的便桥护栏断了，想重修", "段家河村", "赶集的人"),
    ("老人中午没处吃饭，想办个助餐点", "集镇社区", "独居老人"),
    ("想给每家发一台电视机", "集镇社区", "全社区"),
)
REFUSED = "个人家用物品不属于公共服务项目，不能用财政资金办。"
CARDS = (
    ("李家庄村二组道路硬化", "硬化通组路一点八公里，配排水沟。", (0, 1), 860_000),
    ("李家庄村饮水池扩建", "新建一百立方蓄水池，更换管网三公里。", (2,), 420_000),
    ("李家庄村太阳能路灯", "安装太阳能路灯六十盏。", (3,), 180_000),
    ("段家河村卫生室改造", "扩建诊室两间，配常用设备。", (4,), 350_000),
    ("段家河便民桥重建", "重建便民桥一座，含护栏引道。", (5,), 760_000),
    ("集镇社区老年助餐点", "改造活动室，设助餐点一处。", (6,), 230_000),
)
OPINIONS = (
    ("feasibility", "镇规划办", "现场踏勘，技术可行。"),
    ("finance", "镇财政所", "资金已列入预算，来源落实。"),
    ("legal", "司法所", "程序合法，不增加群众负担。"),
)
TOLD = (
    "放线完成，群众代表到场。",
    "材料进场，已抽检。",
    "主体过半，质量合格。",
    "主体完工，正在养护。",
    "附属工程完成。",
)
STEPS = ((2, "放线开工"), (4, "材料进场"), (6, "主体过半"), (8, "主体完工"), (10, "附属和验收"))


def whole_year(city: City, now: datetime) -> Story:
    """Tell last year's projects of the tour's town from the first wish to the second check."""
    year = now.year - 1
    keeper, chair = city.keeper(TOUR_TOWN), city.staff[f"presidium:{TOUR_TOWN}"]
    yield _at(date(year - 1, 9, 2))
    row = services.round_open(actor=chair, division_code=TOUR_TOWN, year=year, places=PLACES)
    wishes = _wished(row, keeper)
    yield _at(date(year - 1, 10, 12))
    services.collection_close(actor=chair, row=row)
    projects = _screened(chair, row, wishes, year)
    yield _at(date(year - 1, 11, 20))
    _previewed(chair, row, date(year, 1, 16))
    yield _at(date(year, 1, 5))
    services.papers_send(actor=chair, row=row)
    yield _at(date(year, 1, 16))
    _voted(city, chair, row, projects)
    services.round_announce(actor=chair, row=row)
    chosen = list(row.projects.exclude(rank=None).order_by("rank"))
    yield _at(date(year, 1, 28))
    _planned(city, chair, chosen, year)
    for place, (month, _what) in enumerate(STEPS):
        yield _at(date(year, month, 18))
        _reported(city, chosen, place)
        if month == 6:
            _changed(chair, city, chosen[1], year)
    yield _at(date(year, 12, 2))
    for project in chosen:
        services.project_complete(actor=city.staff[f"head:town-{TOUR_TOWN[6:9]}"], project=_fresh(project))
    yield _at(date(year, 12, 26))
    _tested(city, chair, row, chosen)


def _at(day: date) -> datetime:
    return clock.day_start(day) + timedelta(hours=10)


def _fresh(project: Project) -> Project:
    project.refresh_from_db()
    return project


def _wished(row: ProjectRound, keeper: Actor) -> list[Wish]:
    """Take wishes from the page and from paper, show them, let others join."""
    found = []
    for place, (text, where, who) in enumerate(WISHES):
        paper = place % 3 == 2
        wish = services.wish_add(
            actor=keeper if paper else RESIDENT,
            row=row,
            wished=Wished(text, where, who, LAMP_VILLAGE if place < 4 else ""),
            channel=WishChannel.PAPER if paper else WishChannel.ONLINE,
            browser_token="" if paper else f"demo-wish-{place}",
        )
        services.wish_show(actor=keeper, wish=wish)
        for voice in range(9 - place):
            services.wish_support(actor=RESIDENT, wish=wish, browser_token=f"demo-{place}-{voice}")
        found.append(wish)
    return found


def _screened(chair: Actor, row: ProjectRound, wishes: list[Wish], year: int) -> list[Project]:
    projects = []
    for title, content, of, amount in CARDS:
        card = Card(
            title=title,
            place=title[:4],
            need="群众意愿集中，联络站多次反映。",
            content=content,
            amount=amount,
            fund_source="县级财政和镇自筹",
            beneficiaries=amount // 2000,
            due_on=date(year, 12, 10),
            unit_code=f"town-{TOUR_TOWN[6:9]}",
        )
        project = services.card_write(actor=chair, row=row, card=card)
        for wish in of:
            services.wish_take(actor=chair, wish=wishes[wish], project=project)
        for kind, organ, text in OPINIONS:
            services.opinion_give(
                actor=chair, project=project, kind=kind, agrees=True, text=text, organ=organ
            )
        projects.append(services.project_nominate(actor=chair, project=project))
    services.wish_refuse(actor=chair, wish=wishes[7], reason=REFUSED)
    return projects


def _previewed(chair: Actor, row: ProjectRound, session: date) -> None:
    services.session_set(actor=chair, row=row, session_on=session)
    services.candidates_fix(actor=chair, row=row)
    for kind, note in (("party", "同意提请大会票决。"), ("committee", "听取汇报，赞成候选名单。")):
        services.preview_record(actor=chair, row=row, kind=kind, held_on=clock.today(), note=note)


def _voted(city: City, chair: Actor, row: ProjectRound, projects: list[Project]) -> None:
    """Enter the plenary's paper vote as the tellers' sheet gives it, then pull its result."""
    electorate = len(city.deputies[TOUR_TOWN])
    present = electorate - 3
    votes = {
        str(project.pk): {"for": count, "against": 0, "abstain": present - count}
        for project, count in zip(projects, _counts(present, electorate), strict=True)
    }
    past = PastBallot(
        body=TOUR_TOWN,
        purpose="projects",
        subject=f"段家河镇{row.year}年民生实事项目票决",
        session=f"段家河镇{row.year}年第一次人民代表大会会议",
        held_on=clock.today(),
        options=[NewOption(str(project.pk), project.title) for project in projects],
        method=Method(mode="approval_max_n", places=PLACES),
        electorate=electorate,
        present=present,
        issued=present,
        returned=present,
        void=0,
        votes=votes,
        about_kind=VOTE,
        about_id=row.pk,
    )
    ballots_register(actor=SYSTEM, rows=[past], home6=HOME6)
    services.result_take(actor=chair, row=row)


def _counts(present: int, electorate: int) -> list[int]:
    """Return the votes in favour, most first; the last one stays below half of all."""
    return [present - 2, present - 4, present - 5, present - 7, present - 8, electorate // 2 - 3]


def _planned(city: City, chair: Actor, chosen: list[Project], year: int) -> None:
    own = city.staff["deputy_town"]
    mine = [deputy.pk for actor, deputy in city.deputies[TOUR_TOWN] if actor.id == own.id]
    others = [deputy.pk for actor, deputy in city.deputies[TOUR_TOWN] if actor.id != own.id]
    steps = [PlannedStep(what, date(year, month, 20)) for month, what in STEPS]
    for place, project in enumerate(chosen):
        watch = [*(mine if place == 0 else []), *others[place * 3 : place * 3 + 3]]
        services.supervisors_name(actor=chair, project=project, deputies=watch)
        services.plan_write(
            actor=chair,
            project=project,
            goals="十一月底前完工，群众代表参加验收。",
            safeguards="专人负责，资金专户，每月调度，结果公示。",
            steps=steps,
        )
        services.plan_publish(actor=chair, project=project)


def _reported(city: City, chosen: list[Project], place: int) -> None:
    """Report one milestone of each project, the first one with photos; its deputy goes and looks."""
    clerk = city.staff[f"clerk:town-{TOUR_TOWN[6:9]}"]
    for order, project in enumerate(chosen):
        milestone = project.milestones.get(number=place + 1)
        services.progress_report(
            actor=clerk,
            project=_fresh(project),
            milestone=milestone,
            told=TOLD[place],
            paid=(project.amount or 0) * (place + 1) // 6,
            photos=[site_photo(place)] if order == 0 else [],
        )
    if place in {1, 3}:
        text = ("到现场看过，材料合格，请注意雨季排水。", "路面平整，护栏还差两处，请补齐。")[place // 2]
        services.visit_note(actor=city.staff["deputy_town"], project=_fresh(chosen[0]), text=text)


def _changed(chair: Actor, city: City, project: Project, year: int) -> None:
    """A town's project changes in May: the town's congress decides, nobody else (规定第十八条)."""
    members = len(city.deputies[TOUR_TOWN])
    cause = "汛期山体滑坡，水池改址，需要增加挡墙，投资增加。"
    services.change_propose(
        actor=chair, project=_fresh(project), kind="change", cause=cause, news=News(amount=540_000)
    )
    decision = Decision(
        "congress", members, members - 4, members - 6, f"段人大发〔{year}〕8 号", clock.today()
    )
    services.change_decide(actor=chair, project=_fresh(project), decision=decision)


def _tested(city: City, chair: Actor, row: ProjectRound, chosen: list[Project]) -> None:
    """Enter the deputies' secret test, pull its verdicts, let residents grade apart."""
    electorate = len(city.deputies[TOUR_TOWN])
    present = electorate - 2
    past = PastBallot(
        body=TOUR_TOWN,
        purpose="project_test",
        subject=f"段家河镇{row.year}年民生实事项目满意度测评",
        session=f"段家河镇{row.year}年第二次人民代表大会会议",
        held_on=clock.today(),
        options=[NewOption(str(project.pk), project.title) for project in chosen],
        method=Method(mode="grades", places=1, grades=SATISFACTION[:3]),
        electorate=electorate,
        present=present,
        issued=present,
        returned=present,
        void=0,
        votes={str(project.pk): _graded(present) for project in chosen},
        about_kind=TEST,
        about_id=row.pk,
    )
    ballots_register(actor=SYSTEM, rows=[past], home6=HOME6)
    services.test_take(actor=chair, row=row)
    for voice in range(11):
        grade = "basically_satisfied" if voice % 5 == 4 else "satisfied"
        services.poll_answer(
            actor=RESIDENT, project=_fresh(chosen[0]), grade=grade, browser_token=f"demo-test-{voice}"
        )


def _graded(present: int) -> dict[str, int]:
    return {"satisfied": present - 4, "basically_satisfied": 3, "dissatisfied": 1, "unmarked": 0}
