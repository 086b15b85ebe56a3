"""Earlier records of the demo city: what the article tells of 2012–2021, brought in as a sheet."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.archives import services
from lianxin.common.actor import SYSTEM
from lianxin.demo.city import City
from lianxin.demo.telling import Story
from lianxin.regions.loading import CITY

ROWS = (
    ("2012年", "制度文件", "监督指导村民自治列为市镇人大重点工作任务", "此后持续两届，每年列入工作要点。"),
    ("2013年", "专项活动", "第一次章程公约修订工作", "各村修订村民自治章程和村规民约。"),
    ("2014年", "制度文件", "编写《村民自治规程》", ""),
    ("2015年", "制度文件", "提请市委下发村民自治《指导意见》", ""),
    ("2015年", "制度文件", "制定《村民自治章程（示范文本）》", ""),
    ("2017年", "专项活动", "“村民自治质量提升年”活动", "各镇人大主席团逐村指导。"),
    ("2017年6月", "视察调研", "专题调研审议村民自治工作", "第一次调研，提出四个关键环节的思路。"),
    ("2018年", "专项活动", "第二次章程公约修订工作", ""),
    ("2018年5月", "执法检查", "检查《村民委员会组织法》贯彻实施情况", "第一次检查，形成问题清单和整改意见。"),
    ("2019年", "专项活动", "“村民自治全面规范年”活动", ""),
    ("2019年4月", "视察调研", "第二次专题调研审议村民自治工作", ""),
    ("2019年", "民生实事", "全面实行民生实事项目代表票决制", "当年市镇两级票决项目 158 项。"),
    ("2020年", "专项活动", "“十大金牌村规民约”评选", ""),
    ("2020年9月", "视察调研", "第三次专题调研审议村民自治工作", ""),
    ("2020年", "民生实事", "市镇两级票决民生实事项目 172 项", ""),
    ("2020年", "制度文件", "印发《人大代表联系群众工作制度》等制度", ""),
    ("2021年", "民生实事", "市镇两级票决民生实事项目 186 项", ""),
    ("2021年3月", "制度文件", "印发代表履职网格服务体系《实施方案》", ""),
    ("2021年5月", "会议", "召开推进工作会专题部署", ""),
    ("2021年5月", "执法检查", "再次检查《村民委员会组织法》贯彻实施情况", "对照第一次检查的问题逐项回看。"),
    ("2021年6月", "站室建设", "改造升级建成市人大代表联络站", ""),
    ("2021年7月", "站室建设", "城关、段家河等镇新建四个镇级联络站", ""),
    ("2021年8月", "会议", "首期代表知情议政会", "代表 12 名、农口部门负责人 5 名，提出意见 42 件。"),
)


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the one story of this room: a sheet brought in when the system began."""
    return [_story(now)]


def _story(now: datetime) -> Story:
    yield now - timedelta(days=300)
    rows = [
        {"日期": on, "类别": kind, "标题": title, "地方": "旬阳市", "文号": "", "摘要": summary}
        for on, kind, title, summary in ROWS
    ]
    services.records_import(actor=SYSTEM, place=CITY, file_name="十年村民自治工作.xlsx", rows=rows)
