"""A slow line to the city: what is fast on one machine must also hold in a valley, and no journey may count on speed.

Every piece of an answer waits a moment and long answers come in parts, so that pages stand half drawn as they
do on a bad network. `make journeys SLOW=1` runs all journeys over it.
"""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time

PIECE = 6_000
"""Bytes that come at once; a page has about five such pieces."""
WAITS = (0.02, 0.25)
"""Shortest and longest wait before a piece, in seconds."""


def line_opened(listening: int, city: int) -> socket.socket:
    """Listen on a port and pass everything on to the city's port, slowly on the way back; close it to end."""
    door = socket.create_server(("127.0.0.1", listening), backlog=64)
    threading.Thread(target=_let_in, args=(door, city), daemon=True).start()
    return door


def _let_in(door: socket.socket, city: int) -> None:
    while True:
        try:
            caller, _ = door.accept()
        except OSError:
            return
        threading.Thread(target=_connect, args=(caller, city), daemon=True).start()


def _connect(caller: socket.socket, city: int) -> None:
    try:
        served = socket.create_connection(("127.0.0.1", city))
    except OSError:
        caller.close()
        return
    threading.Thread(target=_pass_on, args=(caller, served, False), daemon=True).start()
    _pass_on(served, caller, True)


def _pass_on(source: socket.socket, target: socket.socket, slowly: bool) -> None:
    """Pass bytes on until one side ends; then end the other."""
    try:
        while got := source.recv(PIECE if slowly else 65_536):
            if slowly:
                time.sleep(random.uniform(*WAITS))  # noqa: S311  # a wait, no secret
            target.sendall(got)
    except OSError:
        pass
    finally:
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
