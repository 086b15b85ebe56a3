"""Next year's rounds: the city collects, one town's plenary is ready to vote, the others have begun."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lianxin.common import clock
from lianxin.common.actor import RESIDENT, Actor
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.projects_drawing import site_photo
from lianxin.demo.projects_whole import OPINIONS
from lianxin.demo.telling import Story
from lianxin.projects import services
from lianxin.projects.models import Project, ProjectRound, WishChannel
from lianxin.projects.services import Card, Wished
from lianxin.regions.loading import CITY
from lianxin.regions.selectors import place_name

CITY_WISHES = (
    ("想在城区建一个孩子能去的图书角", "城关镇", "城区的孩子和家长"),
    ("到县医院的班车太少，想加两班", "蜀河镇", "看病的老人"),
    ("汉江边的步道没有灯，晚上不敢走", "城关镇", "散步的人"),
    ("想给偏远村小换热水器，冬天洗手太冷", "各镇村小", "住校的学生"),
    ("残疾人办证要跑县里，想在镇上办", "各镇", "残疾人和家属"),
    ("想把老旧小区的消防通道打通", "城关镇", "老小区住户"),
)
TOWN_CARDS = (
    ("段家河集镇停车场", "利用空地建公共车位六十个。", 620_000),
    ("李家庄村三组产业路", "修建产业路二点二公里。", 980_000),
    ("段家河村自来水入户", "更换入户管四公里，装智能水表。", 540_000),
    ("薛家湾村公共厕所", "新建公共厕所一座，含无障碍厕位。", 210_000),
    ("弥陀寺村便民桥护栏", "更换护栏八十米，修复桥面。", 160_000),
    ("集镇社区文化广场", "修建文化广场一处，配健身器材。", 450_000),
)
PLACES = 5


def next_year(city: City, now: datetime) -> Story:
    """Tell next year's rounds up to today."""
    chair, year = city.staff[f"presidium:{TOUR_TOWN}"], now.year + 1
    yield now - timedelta(days=88)
    town = services.round_open(actor=chair, division_code=TOUR_TOWN, year=year, places=PLACES)
    wish = services.wish_add(
        actor=city.keeper(TOUR_TOWN),
        row=town,
        wished=Wished("集镇上没处停车，赶集天堵死了", "段家河集镇", "赶集的人"),
        channel=WishChannel.PAPER,
    )
    yield now - timedelta(days=52)
    services.collection_close(actor=chair, row=town)
    projects = _cards(chair, town, year)
    services.wish_take(actor=chair, wish=wish, project=projects[0])
    yield now - timedelta(days=45)
    whole = services.round_open(
        actor=city.staff["office"], division_code=CITY, year=year, places=_places(city)
    )
    _wishes(city, whole)
    for code in city.towns:
        if code != TOUR_TOWN:
            _begun(city, code, year)
    yield now - timedelta(days=8)
    _sent(chair, town, clock.today() + timedelta(days=8))
    yield now - timedelta(hours=3)
    name = f"段家河镇{year}年第一次人民代表大会会议"
    services.vote_open(actor=chair, row=town, session=name)
    _photographed(city)


def _places(city: City) -> int:
    return 10 if len(city.towns) > 1 else 3


def _cards(chair: Actor, row: ProjectRound, year: int) -> list[Project]:
    found = []
    for title, content, amount in TOWN_CARDS:
        card = Card(
            title=title,
            place=title[:4],
            need="群众意愿集中，代表视察时也提过。",
            content=content,
            amount=amount,
            fund_source="县级财政和镇自筹",
            beneficiaries=amount // 1500,
            due_on=date(year, 12, 10),
            unit_code=f"town-{TOUR_TOWN[6:9]}",
        )
        project = services.card_write(actor=chair, row=row, card=card)
        for kind, organ, text in OPINIONS:
            services.opinion_give(
                actor=chair, project=project, kind=kind, agrees=True, text=text, organ=organ
            )
        found.append(services.project_nominate(actor=chair, project=project))
    return found


def _wishes(city: City, row: ProjectRound) -> None:
    for place, (text, where, who) in enumerate(CITY_WISHES):
        wish = services.wish_add(
            actor=RESIDENT, row=row, wished=Wished(text, where, who), browser_token=f"demo-city-{place}"
        )
        if place < 4:
            services.wish_show(actor=city.staff["office"], wish=wish)
            for voice in range(14 - place * 3):
                services.wish_support(actor=RESIDENT, wish=wish, browser_token=f"demo-city-{place}-{voice}")


def _begun(city: City, code: str, year: int) -> None:
    """Begin another town's round with two wishes."""
    row = services.round_open(actor=city.staff[f"presidium:{code}"], division_code=code, year=year, places=5)
    village = city.villages[code][0][1]
    for text, who in ((f"{village}到集镇的路想加宽", "全村人"), (f"想给{village}装路灯", "晚上走路的老人")):
        wish = services.wish_add(
            actor=city.keeper(code),
            row=row,
            wished=Wished(text, f"{place_name(code)}{village}", who),
            channel=WishChannel.PAPER,
        )
        services.wish_show(actor=city.keeper(code), wish=wish)


def _sent(chair: Actor, row: ProjectRound, session: date) -> None:
    services.session_set(actor=chair, row=row, session_on=session)
    services.candidates_fix(actor=chair, row=row)
    for kind, note in (("party", "同意提请大会票决。"), ("committee", "听取汇报，赞成候选名单。")):
        services.preview_record(actor=chair, row=row, kind=kind, held_on=clock.today(), note=note)
    services.papers_send(actor=chair, row=row)


def _photographed(city: City) -> None:
    """Report one milestone of a running project of the tour's town with photos."""
    going = Project.objects.filter(division_code=TOUR_TOWN, state="underway", round__year=clock.today().year)
    for project in going.order_by("rank")[:1]:
        step = project.milestones.filter(done_on=None).first()
        if step is not None and step.due_on >= clock.today():
            services.progress_report(
                actor=city.staff[f"clerk:town-{TOUR_TOWN[6:9]}"],
                project=project,
                milestone=step,
                told="比计划早几天完成，正在收尾。",
                paid=max((one.paid or 0 for one in project.milestones.all()), default=0),
                photos=[site_photo(3), site_photo(4)],
            )
