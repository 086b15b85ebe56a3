"""Departments of the demo city: usual names of county organs."""

from lianxin.people.loading import NewOrgan
from lianxin.regions.loading import CITY

DEPARTMENTS = [
    ("transport", "交通运输局"),
    ("water", "水利局"),
    ("agriculture", "农业农村局"),
    ("education", "教育体育和科技局"),
    ("health", "卫生健康局"),
    ("civil-affairs", "民政局"),
    ("human-resources", "人力资源和社会保障局"),
    ("ecology", "生态环境分局"),
    ("housing", "住房和城乡建设局"),
    ("natural-resources", "自然资源局"),
    ("forestry", "林业局"),
    ("emergency", "应急管理局"),
    ("finance", "财政局"),
    ("development", "发展和改革局"),
    ("police", "公安局"),
    ("justice", "司法局"),
    ("culture", "文化和旅游局"),
    ("market", "市场监督管理局"),
    ("audit-office", "审计局"),
    ("statistics", "统计局"),
    ("veterans", "退役军人事务局"),
    ("medical-insurance", "医疗保障局"),
    ("big-data", "大数据发展中心"),
    ("administrative-approval", "行政审批服务局"),
    ("urban-management", "城市管理执法局"),
    ("revitalization", "乡村振兴局"),
    ("livestock", "畜牧兽医中心"),
    ("petition", "信访局"),
    ("industry", "工业和信息化局"),
    ("commerce", "商务局"),
    ("investment", "招商服务中心"),
    ("housing-fund", "住房公积金管理部"),
    ("meteorology", "气象局"),
    ("post", "邮政公司"),
    ("power", "供电公司"),
    ("telecom", "通信发展办"),
    ("water-supply", "供水公司"),
    ("disabled", "残疾人联合会"),
    ("women", "妇女联合会"),
    ("youth", "共青团委"),
    ("science", "科技服务中心"),
    ("tobacco", "烟草专卖局"),
    ("highway", "公路管理段"),
]


def departments() -> list[NewOrgan]:
    """Return the 43 city departments."""
    return [
        NewOrgan(code, f"旬阳示范市{name}", name, "government", "city", CITY) for code, name in DEPARTMENTS
    ]
