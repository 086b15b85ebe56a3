"""Masking: what betrays a person goes, what the matter needs stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.common.masking import hide, mask, masked_name, masked_phone

BETRAYING = [
    ("请打13800001111找我", "13800001111"),
    ("请打１３８００００１１１１找我", "１３８００００１１１１"),
    ("请打138 0000 1111找我", "138 0000 1111"),
    ("请打138-0000-1111", "138-0000-1111"),
    ("请打138.0000.1111", "138.0000.1111"),
    ("请打1 3 8 0 0 0 0 1 1 1 1", "1 3 8 0 0 0 0 1 1 1 1"),
    ("请打(138)00001111", "(138)00001111"),
    ("请打+86 13800001111", "+86 13800001111"),
    ("请打一三八零零零零幺幺幺幺", "一三八零零零零幺幺幺幺"),
    ("请打幺三八洞洞洞洞幺幺两两", "幺三八洞洞洞洞幺幺两两"),
    ("请打壹叁捌零零零零壹壹壹壹", "壹叁捌零零零零壹壹壹壹"),
    ("座机0915-7202345", "0915-7202345"),
    ("座机（0915）7202345", "0915）7202345"),
    ("座机 0915 720 2345", "0915 720 2345"),
    ("家里电话7202345", "7202345"),
    ("身份证612429198001011234", "612429198001011234"),
    ("身份证61242919800101123X", "61242919800101123X"),
    ("身份证６１２４２９１９８００１０１１２３x", "６１２４２９１９８００１０１１２３x"),
    ("身份证612429 19800101 1234", "612429 19800101 1234"),
    ("老身份证612429800101123", "612429800101123"),
    ("车牌陕G12345挡了路", "陕G12345"),
    ("车牌陕g·1234a", "陕g·1234a"),
    ("车牌陕Ｇ１２３４５", "陕Ｇ１２３４５"),
    ("车牌陕GD12345新能源", "陕GD12345"),
    ("卡号6222020200112233445", "6222020200112233445"),
    ("卡号6222 0202 0011 2233", "6222 0202 0011 2233"),
    ("邮箱wang.dashan@example.com", "wang.dashan@example.com"),
    ("加我微信 wds_1980", "wds_1980"),
    ("我叫王大山，家住三组", "王大山"),
    ("俺叫王桂花，家住三组", "王桂花"),
    ("我喊做张小娃，是三组的", "张小娃"),
    ("我的名字叫陈二牛", "陈二牛"),
    ("本人王大山，三组村民", "王大山"),
    ("姓名：李四", "李四"),
    ("联系人刘翠花", "刘翠花"),
    ("反映人：赵铁柱", "赵铁柱"),
    ("户主周大春，五口人", "周大春"),
    ("我是王大山，住三组", "王大山"),
    ("我是李家庄村三组的王大山，路灯不亮", "王大山"),
    ("我屋里人叫吴桂兰，摔伤了", "吴桂兰"),
    ("我娃儿叫王小明，上三年级", "王小明"),
    ("我姓欧阳，住河口", "欧阳"),
    ("我姓王，叫建国，住河口", "建国"),
    ("我叫欧阳小山", "欧阳小山"),
    ("找王大爷问就知道", "王大爷"),
    ("请找李建国师傅", "李建国"),
    ("路灯不亮，请来看。\n王大山", "王大山"),
    ("路灯不亮，请来看。——王大山", "王大山"),
]
HARMLESS = [
    "2026年11月23日起停水，12月1日恢复",
    "国道316线K1234+500处塌方，省道207也不通",
    "G316国道和G4213高速连接线堵车",
    "修路花了12000元，还差3.5万元，合计1,380,000元",
    "工期2026-11-23 2026-11-24两天，2026-12-01完工",
    "三组到小学四百二十米，沿线三十五户一百二十一人",
    "请打12345或12388、12320咨询",
    "我是李家庄村三组的村民，我们村里没有路灯",
    "我是段家河镇的，我是河口社区居民",
    "我是黄土坡的住户，饮水池坏了",
    "安置小区的电梯停了二十天，八楼老人下不来",
    "石桥护栏被水冲走，水井旁边也塌了",
    "孩子叫苦，老人叫冷",
    "编号2026-000123，区划610981113202",
    "一二三四组都缺水，五六七组还好",
    "第1、2、3、4、5、6、7、8、9、10、11号电杆要换",
    "新车站到老车站的班车停了",
    "电费从2025年1月到2026年3月一共1568.5元",
    "变压器型号S11-400，电杆编号10KV-3-21",
]


@pytest.mark.parametrize(("said", "betrays"), BETRAYING)
def test_what_betrays_a_person_is_masked(said: str, betrays: str) -> None:
    masked = mask(said)
    if betrays.endswith("大爷"):
        betrays = betrays.removesuffix("爷")  # the title may stay, the surname may not
    assert betrays not in masked.text
    assert masked.spans


@pytest.mark.parametrize("said", HARMLESS)
def test_what_the_matter_needs_stays(said: str) -> None:
    assert mask(said).text == said


@given(
    digits=st.text("0123456789", min_size=9, max_size=9),
    second=st.sampled_from("3456789"),
    gap=st.sampled_from(["", " ", "-", "－", ".", "  ", "，"]),
    wide=st.booleans(),
)
@settings(max_examples=60)
def test_no_mobile_number_survives_however_it_is_written(
    digits: str, second: str, gap: str, wide: bool
) -> None:
    number = "1" + second + digits
    written = number[:3] + gap + number[3:7] + gap + number[7:]
    if wide:
        written = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in written)
    assert written not in mask(f"电话是{written}，请回").text


def test_the_persons_own_name_and_phone_go_even_where_nothing_announces_them() -> None:
    said = "桂花嫂说的就是我，钱桂花 家门口，1 0 0 1 2 3 4 5 6 7 8"
    masked = mask(said, known=("钱桂花", "10012345678"))
    assert "钱桂花" not in masked.text
    assert "5 6 7 8" not in masked.text


def test_a_spoken_phone_is_the_same_phone() -> None:
    assert "幺" not in mask("就是幺零零一二三四五六七八", known=("10012345678",)).text


def test_hide_takes_out_only_what_is_named() -> None:
    said = "王大山您好，请打0915-7202345"
    assert hide(said, ("王大山",)) == "〔姓名已隐去〕您好，请打0915-7202345"


def test_spans_point_at_the_original() -> None:
    said = "我叫王大山，电话１３８００００１１１１"
    assert [said[span.start : span.end] for span in mask(said).spans] == ["王大山", "１３８００００１１１１"]


@given(st.text(max_size=80))
@settings(max_examples=60)
def test_masking_twice_changes_nothing_more(said: str) -> None:
    once = mask(said).text
    assert mask(once).text == once


def test_lists_show_a_name_and_a_phone_only_in_part() -> None:
    assert masked_name("王大山") == "王**" and masked_name("") == ""
    assert masked_phone("13800001111") == "138****1111" and masked_phone("123") == "****"
