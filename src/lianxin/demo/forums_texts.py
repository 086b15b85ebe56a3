"""What deputies say at the demo city's forums, department by department, and what they are answered."""

FIRST: dict[str, tuple[str, ...]] = {
    "agriculture": (
        "拐枣冻害连续两年，要给种植户培训防冻办法",
        "烘干房数量不够，秋收遇雨粮食容易霉",
        "农机补贴到账慢，买机子的合作社垫款吃力",
        "撂荒地复耕以后没有人种，要有托管的办法",
        "茶园修剪的技术员一年只来一次，要再多来几次",
        "合作社记账不规范，盼着有人上门教",
        "高山蔬菜没有冷库，摘下来两天就蔫",
        "农药瓶回收点太远，都丢在沟边",
        "狮头柑销路靠个人跑，要组织产销对接",
        "土壤酸了，测土配方的单子一直没有发下来",
        "农产品快检室要对散户开放",
        "食用菌大棚的保险怎么买，盼着讲明白",
        "新农人想租闲置校舍做加工，手续不清楚",
    ),
    "water": (
        "三组灌溉渠塌了两处，插秧以前要修好",
        "后沟堰塘漏水，存不住春灌的水",
        "集中供水点夏天停水，要有备用水源",
        "河堤缺口雨季危险，要先堆沙袋再修",
        "水费一户一表还没有装完",
        "小水库的巡查员工资半年没发",
        "人饮工程的管子冬天冻裂，要埋深一点",
        "抽水站的电费由村里垫，负担重",
        "山坪塘清淤后的淤泥堆在路边",
        "取水许可办起来要跑三趟",
    ),
    "revitalization": (
        "公益岗位的工资到了年底才发",
        "产业路修到一半停了，剩下八百米",
        "帮扶车间的订单少，工人一月只干十天",
        "易地搬迁小区的电梯没有人维保",
        "小额贷款到期了，产业还没有见效益",
        "驻村工作队轮换太快，情况刚熟就走",
        "衔接资金的项目公示看不懂，要写清楚",
        "移民社区缺一个托管孩子的地方",
    ),
    "forestry": (
        "野猪下山糟蹋庄稼，损失没有地方赔",
        "公益林补偿款三年没有调整",
        "护林员的巡山补助要按月发",
        "松材线虫病的枯树没有及时清理",
        "采伐证办理时间太长，错过了季节",
        "退耕还林的地界和承包地对不上",
        "林下种天麻要有技术指导",
    ),
    "livestock": (
        "猪苗贵，散户不敢补栏",
        "村防疫员年纪大，后继没有人",
        "病死畜禽的收集点离村太远",
        "养牛户缺青贮饲料的加工机",
    ),
}
"""42 opinions of the first forum, August 2021: 13, 10, 8, 7 and 4."""
SPOT = {"agriculture": 3, "water": 2, "revitalization": 2, "forestry": 1, "livestock": 0}
"""How many each department answered in the hall: 8 in all."""
LATER: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("道路交通代表知情议政会", "农村公路和客运", ("transport", "highway", "police")),
    ("教育代表知情议政会", "乡镇学校和托管", ("education", "finance", "civil-affairs")),
    ("医疗养老代表知情议政会", "看病和养老", ("health", "medical-insurance", "civil-affairs")),
    ("人居环境代表知情议政会", "污水和垃圾", ("ecology", "urban-management", "housing")),
    ("就业代表知情议政会", "返乡就业和社保", ("human-resources", "commerce", "industry")),
    ("供水供电代表知情议政会", "水电保障", ("water-supply", "power", "water")),
)
"""Six that came after; with the one that is live today seven (LIVE)."""
POINTS = (
    "{place}的办事窗口中午没有人，要错开值班",
    "{place}的指示牌旧了，外地人找不到路",
    "{place}收费的标准要贴出来",
    "{place}的老设备常坏，盼着换新的",
    "{place}缺一名懂技术的人",
    "{place}的投诉电话打不通",
    "{place}的经费要提前下达",
    "{place}要给老年人留一个窗口",
)
PLACES = ("镇上", "集镇", "河街", "新区", "山上片区")
LIVE_TITLE, LIVE_THEME = "秋冬农业生产代表知情议政会", "灌溉、用电和冷链"
LIVE_UNITS = ("agriculture", "water", "revitalization", "forestry", "livestock")
LIVE: tuple[tuple[str, str], ...] = (
    ("agriculture", "冬季大棚的补光灯太贵，盼着有补贴"),
    ("water", "二组的渠道淤了，冬灌的水到不了田头"),
    ("agriculture", "油菜机播的服务队只到大村，小村排不上"),
    ("forestry", "防火期护林点没有取暖的地方"),
    ("revitalization", "联农带农的分红要在村里公开"),
    ("water", "饮水管子要在上冻以前包好"),
    ("agriculture", "柑橘贮藏库的温控坏了，没人会修"),
    ("livestock", "耕牛过冬的草料价格涨得快"),
    ("revitalization", "光伏电站的维护费由谁出要说清"),
    ("forestry", "油茶老林改造的苗子要早点到位"),
    ("agriculture", "蔬菜合作社盼着和超市签长期合同"),
    ("water", "抗旱的应急水泵借出去没有登记"),
    ("livestock", "村里的动物防疫冰箱停电就失效"),
    ("agriculture", "秸秆打捆机来得晚，地里烧秸秆难管"),
    ("revitalization", "搬迁户的菜园地划得太远"),
    ("water", "农业水价改革的账要让群众看懂"),
    ("forestry", "林区的路障多，拉木材的车进不去"),
)
"""17 opinions that are on the ledger of today's forum."""
ON_SPOT = "当场答复：已经安排专人，本周内到村里办好，由镇上农技站负责。"
WRITTEN = {
    "A": "已经完成，投入和验收情况附后，由镇上负责管护。",
    "B": "已列入明年一季度计划，由分管负责同志牵头，三月底以前完成。",
    "C": "目前没有资金来源，已向上级申报，批准后告知。",
}
PAPER = "本领域今年的工作情况、资金安排和正在办的事，供代表会前了解。"
