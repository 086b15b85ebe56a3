"""Addresses of villages that govern themselves, behind the sign-in."""

from django.urls import path

from lianxin.web.village import board, democracy, four_two, items, meetings

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
    path("/board", board.board, name="village_board"),
    path("/board/<slug:code>", board.village, name="village_board_one"),
]
