"""Addresses of /evote: the board for everybody; `ballots` knows no session, cookie, login or address."""

from django.urls import path

from lianxin.web.evote import board, hall

urlpatterns = [
    path("<slug:code>", board.board, name="evote_board"),
    path("<slug:code>/verify", board.verify, name="evote_verify"),
    path("<slug:code>/board.zip", board.download, name="evote_download"),
    path("<slug:code>/paper", hall.paper, name="evote_paper"),
    path("<slug:code>/base.bel", hall.base, name="evote_base"),
    path("<slug:code>/ballots", hall.ballots, name="evote_ballots"),
]
