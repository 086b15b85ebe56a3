"""Addresses of /projects."""

from django.urls import path

from lianxin.web.projects import cards, resident, rounds, work

urlpatterns = [
    path("", resident.home, name="projects"),
    path("/wish", resident.wish, name="project_wish"),
    path("/wished", resident.wished, name="project_wished"),
    path("/answer", resident.answer, name="project_wish_answer"),
    path("/of/<slug:code>", resident.place, name="project_place"),
    path("/wishes/<uuid:pk>/support", resident.support, name="project_support"),
    path("/one/<uuid:pk>", resident.project, name="project_public"),
    path("/one/<uuid:pk>/poll", resident.poll, name="project_poll"),
    path("/photos/<uuid:pk>", resident.photo, name="project_photo"),
    path("/history", resident.history, name="project_history"),
    path("/history/<int:year>/<slug:code>", resident.history_list, name="project_history_list"),
    path("/rounds", rounds.round_list, name="project_rounds"),
    path("/rounds/new", rounds.new, name="project_round_new"),
    path("/rounds/<uuid:pk>", rounds.one, name="project_round"),
    path("/rounds/<uuid:pk>/acts/<slug:act>", rounds.act, name="project_round_act"),
    path("/rounds/<uuid:pk>/wishes", rounds.pool, name="project_pool"),
    path("/rounds/<uuid:pk>/candidates", cards.candidates, name="project_candidates"),
    path("/rounds/<uuid:pk>/cards/new", cards.card_new, name="project_card_new"),
    path("/rounds/<uuid:pk>/papers", rounds.papers, name="project_papers"),
    path("/wishes/<uuid:pk>/acts/<slug:act>", rounds.wish_act, name="project_wish_act"),
    path("/cards/<uuid:pk>", cards.card, name="project_card"),
    path("/cards/<uuid:pk>/acts/<slug:act>", cards.card_act, name="project_card_act"),
    path("/board", work.board, name="project_board"),
    path("/work/<uuid:pk>", work.work, name="project_work"),
    path("/work/<uuid:pk>/acts/<slug:act>", work.act, name="project_act"),
    path("/mine", work.mine, name="project_mine"),
    path("/unit", work.unit, name="project_unit"),
    path("/enter", work.enter, name="project_enter"),
]
