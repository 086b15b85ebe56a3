"""Addresses of villages that govern themselves, behind the sign-in."""

from django.urls import path

from lianxin.web.village import board, democracy, four_two, items, meetings, numbers

urlpatterns = [
    path("", items.calendar, name="village"),
    path("/items/new", items.new, name="village_item_new"),
    path("/items/<uuid:pk>", items.item, name="village_item"),
    path("/items/<uuid:pk>/acts/<slug:act>", items.act, name="village_item_act"),
    path("/questions/<uuid:pk>", items.answer, name="village_question"),
    path("/meetings", meetings.meeting_list, name="village_meetings"),
    path("/meetings/new", meetings.new, name="village_meeting_new"),
    path("/meetings/<uuid:pk>", meetings.meeting, name="village_meeting"),
    path("/meetings/<uuid:pk>/acts/<slug:act>", meetings.act, name="village_meeting_act"),
    path("/four-two", four_two.matters, name="village_four_twos"),
    path("/four-two/new", four_two.new, name="village_four_two_new"),
    path("/four-two/<uuid:pk>", four_two.matter, name="village_four_two"),
    path("/four-two/<uuid:pk>/steps", four_two.note, name="village_four_two_note"),
    path("/democracy", democracy.overview, name="village_democracy"),
    path("/democracy/records", democracy.records, name="village_democracy_records"),
    path("/numbers", numbers.overview, name="village_numbers"),
    path("/numbers/sheet", numbers.sheet, name="village_numbers_sheet"),
    path("/numbers/sheet/now.xlsx", numbers.now, name="village_numbers_now"),
    path("/numbers/sheets/<uuid:pk>", numbers.result, name="village_numbers_result"),
    path("/numbers/sheets/<uuid:pk>/faults.xlsx", numbers.faults, name="village_numbers_faults"),
    path("/numbers/<slug:code>", numbers.one, name="village_numbers_one"),
    path("/board", board.board, name="village_board"),
    path("/board/<slug:code>", board.village, name="village_board_one"),
]
