"""J12: a year of a deputy explains itself; he objects; people decide, never the score alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from lianxin.common import clock
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.city import City, shell
from tests.journeys.conftest import DESKTOP, PHONE, Opens
from tests.journeys.reading import fits

SignIn = Callable[[Page, str], Page]
LAST = clock.today().year - 1
REASON = "三月有两次走访用纸记的没有录进来，请核对走访本。"
ANSWER = "核对了走访本，两次都不在当年，不能计入。"
VIEW = "小组评议认为，联系群众认真，反映的事情有着落。"
WHY = "走访、接待都有记录，小组反映好，会议讨论通过。"
START = """
from datetime import date, timedelta
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.duties.assessing import deciding, files
from lianxin.duties.models import DutyRecord, YearlyFile
from lianxin.people.actors import actor_of
from lianxin.people.models import Account, Deputy
def who(name): return actor_of(Account.objects.get(username=name))
def deputy(name): return Deputy.objects.get(account__username=name)
def file(name, year):
    files.files_open(actor=SYSTEM, deputies=[deputy(name)], year=year)
    return YearlyFile.objects.select_related("deputy").get(deputy=deputy(name), year=year)
"""


def told(city: City, code: str) -> str:
    """Let something happen in the city that no page of this journey does; return what was printed."""
    return shell(city.data, START + code)


def test_the_year_explains_itself_and_people_decide(opens: Opens, sign_in: SignIn, city: City) -> None:
    phone, desk = opens(PHONE), opens(DESKTOP)
    sign_in(phone, "deputy_town")
    phone.goto("/deputy/duty-score")
    axe_clean_in_all_looks(phone)
    expect(phone.locator(".score-bars li")).to_have_count(8)
    phone.locator(".score-bars a", has_text="民情日记").click()
    shown = int(phone.locator("[data-counted]").inner_text())
    expect(phone.locator("[data-counted-row]")).to_have_count(shown)
    expect(phone.locator("main")).to_contain_text("起用")
    axe_clean_in_all_looks(phone)
    phone.goto(f"/deputy/duty-score?year={LAST}")
    phone.get_by_role("link", name="核对我的年度档案").click()
    axe_clean_in_all_looks(phone)
    phone.locator("#object summary").click()
    phone.select_option("#id_object_item", "contact")
    phone.fill("#id_object_reason", "不同意")
    phone.get_by_role("button", name="提交异议").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.locator("#id_object_reason")).to_have_value("不同意")
    phone.fill("#id_object_reason", REASON)
    phone.get_by_role("button", name="提交异议").click()
    expect(phone.locator("main")).to_contain_text("等答复")

    sign_in(desk, "presidium")
    desk.goto(f"/office/assessment?year={LAST}&tab=objecting")
    axe_clean_in_all_looks(desk)
    desk.get_by_role("link", name="李秀英").click()
    axe_clean_in_all_looks(desk)
    desk.fill("#id_answer_answer", ANSWER)
    desk.get_by_role("button", name="答复这条异议").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    desk.locator("[name=upheld][value=no]").check(force=True)
    desk.get_by_role("button", name="答复这条异议").click()
    desk.fill("#id_comment_words", VIEW)
    desk.get_by_role("button", name="记下小组意见").click()
    desk.locator("[name=result][value=not_competent]").check(force=True)
    desk.fill("#id_decide_reason", WHY)
    desk.get_by_role("button", name="审定这个结果").click()
    expect(desk.get_by_role("alert")).to_contain_text("得分不能是不好结果的唯一理由")
    expect(desk.locator("#id_decide_reason")).to_have_value(WHY)
    axe_clean_in_all_looks(desk, again=False)
    desk.locator("[name=result][value=competent]").check(force=True)
    desk.get_by_role("button", name="审定这个结果").click()
    expect(desk.locator("main")).to_contain_text("等代表签收")

    phone.reload()
    phone.get_by_role("button", name="我看过了，签收").click()
    expect(phone.locator("main .lead")).to_contain_text("已归档")
    axe_clean_in_all_looks(phone)


def test_failure_a_record_withdrawn_after_scoring_is_recalculated_on_the_record(
    opens: Opens, sign_in: SignIn, city: City
) -> None:
    desk = opens(DESKTOP)
    told(
        city,
        f"""
row = YearlyFile.objects.filter(year={LAST}, state="archived", points__gt=50).order_by("id")[0]
gone = next(line["counted"] for line in row.lines if line["item"] == "reception" and line["counted"])
DutyRecord.objects.filter(pk__in=gone).update(state="withdrawn")
files.files_tick(clock.today())
""",
    )
    sign_in(desk, "office")
    desk.goto(f"/office/assessment?year={LAST}&tab=archived")
    links = [one.get_attribute("href") for one in desk.locator("tr[data-row] a").all()]
    told_pages = [link for link in links if link and _recalculated(desk, link)]
    assert len(told_pages) == 1
    desk.goto(told_pages[0])
    desk.get_by_text("谁在什么时候办了什么").click()
    expect(desk.locator("main")).to_contain_text("记录变动，重新计算")
    desk.get_by_text("记录有更正，重新审定").click()
    desk.fill("#id_reopen_reason", "有记录撤回了，得分有变动，重新审定。")
    desk.get_by_role("button", name="重新审定").click()
    expect(desk.locator("main .lead")).to_contain_text("审定")


def _recalculated(page: Page, link: str) -> bool:
    page.goto(link)
    return "记录变动，重新计算" in page.content()


def test_failure_who_reviews_himself_or_has_stood_aside_is_stopped(
    opens: Opens, sign_in: SignIn, city: City
) -> None:
    phone, desk = opens(PHONE), opens(DESKTOP)
    told(
        city,
        f"""
row = files.file_generate(actor=who("presidium"), file=file("group_leader", {LAST - 1}))
files.file_confirm(actor=who("group_leader"), file=row)
""",
    )
    sign_in(phone, "group_leader")
    phone.goto(f"/deputy/duty-score?year={LAST - 1}")
    phone.get_by_role("link", name="打开年度档案").click()
    expect(phone.locator("main")).to_contain_text("这是您自己的档案，请别的同志办理")
    expect(phone.get_by_role("button", name="交小组意见")).to_have_count(0)
    sign_in(desk, "presidium")
    desk.goto(f"/office/assessment?year={LAST}&tab=objecting")
    desk.locator("tr[data-row] a").first.click()
    desk.get_by_role("button", name="我要回避这位代表").click()
    expect(desk.locator("main")).to_contain_text("您已回避")
    expect(desk.get_by_role("button", name="答复这条异议")).to_have_count(0)
    where = desk.url
    sign_in(desk, "office")
    desk.goto(where)
    expect(desk.get_by_role("button", name="答复这条异议")).to_be_visible()


def test_failure_a_rule_changed_during_the_year_begins_next_year(
    opens: Opens, sign_in: SignIn, city: City
) -> None:
    phone = opens(PHONE)
    sign_in(phone, "deputy_city")
    phone.goto("/deputy/duty-score")
    before = phone.locator(".score-total b").first.inner_text()
    told(
        city,
        """
from lianxin.rulebook.services import parameter_change, value
rows = [dict(row) for row in value("assessment.rules")]
next(row for row in rows if row["item"] == "reception")["target"] = 1
parameter_change(actor=who("admin"), name="assessment.rules", value=rows, basis="主任会议通过", valid_from=clock.today(),
                 home6="610981")
""",
    )
    phone.wait_for_timeout(4000)  # a running server looks for changed parameters every three seconds
    phone.reload()
    expect(phone.locator(".score-total b").first).to_have_text(before)
    phone.locator(".score-bars a", has_text="接待选民").click()
    expect(phone.locator("main")).to_contain_text("今年的目标是 4 次")


def test_failure_the_score_is_never_the_only_ground_of_a_bad_result(
    opens: Opens, sign_in: SignIn, city: City
) -> None:
    link = told(
        city,
        f"""
row = files.file_generate(actor=who("office"), file=file("deputy_city2", {LAST - 1}))
row = files.file_confirm(actor=who("deputy_city2"), file=row)
row = deciding.file_comment(actor=who("office"), file=row, words="{VIEW}")
print(f"/office/assessment/{{row.pk}}")
""",
    ).strip()
    desk = sign_in(opens(DESKTOP), "office")
    desk.goto(link)
    desk.locator("[name=result][value=not_competent]").check(force=True)
    desk.fill("#id_decide_reason", "得分低于六十分，不称职。")
    desk.get_by_role("button", name="审定这个结果").click()
    expect(desk.get_by_role("alert")).to_contain_text("得分不能是不好结果的唯一理由")
    expect(desk.locator("#id_decide_reason")).to_have_value("得分低于六十分，不称职。")
    expect(desk.get_by_role("button", name="审定这个结果")).to_be_visible()


def test_failure_after_ten_days_there_is_no_objection_any_more(
    opens: Opens, sign_in: SignIn, city: City
) -> None:
    phone = opens(PHONE)
    told(
        city,
        f"""
with clock.at(clock.now() - timedelta(days=20)):
    files.file_generate(actor=who("office"), file=file("deputy_city", {LAST - 1}))
""",
    )
    sign_in(phone, "deputy_city")
    phone.goto(f"/deputy/duty-score?year={LAST - 1}")
    phone.locator("a", has_text="年度档案").last.click()
    phone.locator("#object summary").click()
    expect(phone.locator("main")).to_contain_text("已经结束")
    expect(phone.get_by_role("button", name="提交异议")).to_have_count(0)


def test_the_pages_of_meetings_and_honours_fit_every_screen(page: Page, sign_in: SignIn, city: City) -> None:
    sign_in(page, "deputy_town")
    for path in ("/deputy/duty-score", "/deputy/meetings", "/deputy/meetings/new", "/deputy/excellence"):
        page.goto(path)
        fits(page)
        axe_clean_in_all_looks(page)
    sign_in(page, "office")
    for path in ("/office/assessment", "/office/meetings?tab=", "/office/excellence"):
        page.goto(path)
        fits(page)
        axe_clean_in_all_looks(page)
        if page.locator("tr[data-row] a").count():
            with page.expect_navigation():  # the old page is measured otherwise, or none
                page.locator("tr[data-row] a").first.click()
            fits(page)
            axe_clean_in_all_looks(page)
    page.context.clear_cookies()
    page.goto("/honours")
    fits(page)
    axe_clean_in_all_looks(page)
