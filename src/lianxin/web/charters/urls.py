"""Addresses of /charters: the desk behind the sign-in, the reading pages for everybody."""

from django.urls import path

from lianxin.web.charters import board, clauses, reading, work

urlpatterns = [
    path("", work.desk, name="charters"),
    path("/new", work.new, name="charter_new"),
    path("/board", board.board, name="charter_board"),
    path("/rounds", board.rounds, name="charter_rounds"),
    path("/rounds/new", board.round_new, name="charter_round_new"),
    path("/rounds/<uuid:pk>", board.round_one, name="charter_round"),
    path("/rounds/<uuid:pk>/close", board.round_end, name="charter_round_close"),
    path("/of/<slug:code>", reading.village, name="charter_village"),
    path("/read/<uuid:pk>", reading.text, name="charter_read"),
    path("/read/<uuid:pk>/changes", reading.changes, name="charter_changes"),
    path("/read/<uuid:pk>/say", reading.say, name="charter_say"),
    path("/clauses/<uuid:pk>", clauses.clause, name="charter_clause"),
    path("/clauses/<uuid:pk>/remove", clauses.remove, name="charter_clause_remove"),
    path("/clauses/<uuid:pk>/move", clauses.move, name="charter_clause_move"),
    path("/comments/<uuid:pk>", work.settle, name="charter_comment"),
    path("/<uuid:pk>", work.text, name="charter"),
    path("/<uuid:pk>/clauses", clauses.add, name="charter_clause_add"),
    path("/<uuid:pk>/diff", work.diff, name="charter_diff"),
    path("/<uuid:pk>/acts/<slug:act>", work.act, name="charter_act"),
]
