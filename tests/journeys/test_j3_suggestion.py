"""J3: like opinions become one suggestion with a co-signer, filed by the deputy himself."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.city import City
from tests.journeys.papers import SIGHTS, Papers

SignIn = Callable[[Page, str], Page]


def test_like_opinions_become_a_suggestion(page: Page, sign_in: SignIn, city: City) -> None:
    sign_in(page, "deputy_city")
    axe_clean_in_all_looks(page)
    page.goto("/deputy/opinions")
    axe_clean_in_all_looks(page)
    page.locator("main article a", has_text="研判").first.click()
    expect(page.locator("h1")).to_have_text("合并研判")
    axe_clean_in_all_looks(page)
    page.get_by_role("button", name="起草建议").click()
    expect(page.locator("h1")).to_have_text("建议编辑")
    axe_clean_in_all_looks(page)
    sight = f"{SIGHTS[0]}{page.viewport_size and page.viewport_size['width']}"
    page.fill("#id_title", f"关于给{sight}加盖的建议")
    page.fill("#id_situation", f"{sight}口敞着，去年有牲口掉下去，附近三十户都担心孩子。")
    page.fill("#id_proposal", f"请水利部门给{sight}加盖并立警示牌。")
    page.fill("#id_demand_1", f"给{sight}加盖")
    page.get_by_role("button", name="存草稿").click()
    expect(page.get_by_role("alert")).to_contain_text("请选择是否可以公开")
    expect(page.locator("#id_title")).to_have_value(f"关于给{sight}加盖的建议")
    axe_clean_in_all_looks(page, again=False)
    page.get_by_label("可以公开").check()
    page.fill("#id_what_is_new", "这次说的是另一口井，今年秋天才塌的")
    page.get_by_role("button", name="存草稿").click()
    expect(page.locator("h1")).to_have_text(f"关于给{sight}加盖的建议")
    axe_clean_in_all_looks(page)
    page.get_by_role("link", name="提交").click()
    axe_clean_in_all_looks(page)
    for tick in page.locator("[name=tick]").all():
        tick.check()
    page.fill("#id_password", "not-mine")
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_role("alert")).to_contain_text("密码不对")
    assert all(tick.is_checked() for tick in page.locator("[name=tick]").all())
    page.fill("#id_password", city.password)
    page.get_by_role("button", name="确认提交").click()
    expect(page.locator("main .lead .chip").first).to_have_text("待审核")


def test_a_cosigner_is_invited_found_and_removed(page: Page, sign_in: SignIn, city: City) -> None:
    paper = Papers(city).drafted()
    sign_in(page, "deputy_city")
    page.goto(f"/deputy/suggestions/{paper}/invite")
    axe_clean_in_all_looks(page)
    page.get_by_role("button", name="发出邀请").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("[name=deputies]").first.check()
    page.get_by_role("button", name="发出邀请").click()
    expect(page.locator("main")).to_contain_text("还没回复")
    page.goto(f"/deputy/suggestions/{paper}/submit")
    expect(page.locator("main")).to_contain_text("还有 1 位代表没有确认联名")
    expect(page.get_by_role("button", name="确认提交")).to_be_disabled()
    page.goto(f"/deputy/suggestions/{paper}/invite")
    page.get_by_role("button", name="移出名单").first.click()
    expect(page.locator("main")).to_contain_text("还没有邀请谁")


def test_a_draft_survives_a_closed_page(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "deputy_city")
    page.goto("/deputy/suggestions/new")
    page.fill("#id_title", "写到一半的标题在这里")
    page.goto("/deputy")
    page.goto("/deputy/suggestions/new")
    expect(page.locator("#id_title")).to_have_value("写到一半的标题在这里")


def test_a_quote_goes_into_the_situation(desktop: Page, sign_in: SignIn) -> None:
    sign_in(desktop, "deputy_city")
    desktop.goto("/deputy/opinions")
    desktop.locator("main article a", has_text="研判").first.click()
    desktop.get_by_role("button", name="起草建议").click()
    said = desktop.locator("#quote-1").inner_text()
    desktop.locator("[data-quote=quote-1]").click()
    assert said.strip() in desktop.input_value("#id_situation")
