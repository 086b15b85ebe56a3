"""The one typed source of settings that differ between machines: the environment.

Secrets that nobody gave are made once and kept in the data folder (mode 0600), so that the
embedded default needs no preparation.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _words(name: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in os.environ.get(name, "").split(",") if one.strip())


@dataclass(frozen=True)
class Environment:
    """Everything that the outside world tells us."""

    data: Path = field(default_factory=lambda: Path(os.environ.get("LIANXIN_DATA", ROOT / "var")))
    debug: bool = field(default_factory=lambda: _flag("LIANXIN_DEBUG"))
    demo: bool = field(default_factory=lambda: _flag("LIANXIN_DEMO"))
    database_url: str = field(default_factory=lambda: os.environ.get("DATABASE_URL", ""))
    hosts: tuple[str, ...] = field(
        default_factory=lambda: tuple(os.environ.get("LIANXIN_HOSTS", "localhost,127.0.0.1,[::1]").split(","))
    )
    site_url: str = field(default_factory=lambda: os.environ.get("LIANXIN_SITE_URL", "http://127.0.0.1:8000"))
    phone: str = field(default_factory=lambda: os.environ.get("LIANXIN_PHONE", ""))
    home6: str = field(default_factory=lambda: os.environ.get("LIANXIN_HOME6", "610981"))
    smtp_host: str = field(default_factory=lambda: os.environ.get("LIANXIN_SMTP_HOST", ""))
    smtp_port: int = field(default_factory=lambda: int(os.environ.get("LIANXIN_SMTP_PORT", "25")))
    mail_from: str = field(default_factory=lambda: os.environ.get("LIANXIN_MAIL_FROM", "lianxin@localhost"))
    proxies: tuple[str, ...] = field(default_factory=lambda: _words("LIANXIN_PROXIES"))
    https: bool = field(default_factory=lambda: _flag("LIANXIN_HTTPS"))

    def secret(self, name: str) -> str:
        """Return the secret `LIANXIN_<NAME>`, or the one kept in the data folder (made once)."""
        given = os.environ.get(f"LIANXIN_{name.upper()}")
        if given:
            return given
        kept = self.data / "secrets" / name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            draft = kept.with_suffix(f".{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(48))
            try:
                os.link(draft, kept)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return kept.read_text()
