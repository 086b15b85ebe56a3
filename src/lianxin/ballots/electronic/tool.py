"""Calling `belenios-tool` (Debian, AGPL) as a program: it alone does cryptography, nothing of it is linked.

What is secret goes in through a pipe, never through an argument, a file or the environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PROGRAM = "belenios-tool"
GROUP = "BELENIOS-2048"
MISSING = "这台机器没有装 belenios-tool，电子试用开不了，只用纸票。要试用，请管理员安装这个 Debian 软件包。"
LONGEST = 1_800
"""Seconds after which a call is given up; 500 ballots take about one minute."""


class ToolFailed(Exception):
    """The program refused; the text is its own last line."""


def is_installed() -> bool:
    """Say whether the program is there."""
    return shutil.which(PROGRAM) is not None


def run(
    *words: str, folder: Path, given: bytes = b"", secret: Mapping[str, bytes] | None = None
) -> tuple[bytes, str]:
    """Run the program in `folder`; return what it printed and what it said beside.

    `secret` are options whose file is a pipe: `{"--privcred": b"…"}`.
    """
    pipes = {option: _pipe(content) for option, content in (secret or {}).items()}
    options = [part for option, end in pipes.items() for part in (option, f"/dev/fd/{end}")]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell
            [PROGRAM, *words, *options],
            cwd=folder,
            input=given,
            capture_output=True,
            pass_fds=tuple(pipes.values()),
            timeout=LONGEST,
            check=False,
        )
    finally:
        for end in pipes.values():
            os.close(end)
    said = done.stderr.decode(errors="replace")
    if done.returncode:
        raise ToolFailed(said.strip().rpartition("\n")[2])
    return done.stdout, said


def _pipe(content: bytes) -> int:
    """Return the reading end of a pipe that holds `content` (codes and choices are far below its size)."""
    reading, writing = os.pipe()
    os.write(writing, content + b"\n")
    os.close(writing)
    return reading


@contextmanager
def workshop() -> Iterator[Path]:
    """Return a folder for one piece of work, in memory where the machine has it; gone afterwards."""
    memory = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as made:
        yield Path(made)
