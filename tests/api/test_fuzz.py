"""Schemathesis over the whole description: whatever is sent, no 5xx, and every answer conforms."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import schemathesis
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from lianxin.api.docs import document
from lianxin.config.wsgi import application
from tests.api.client import Api
from tests.factories.cast import Cast
from tests.permissions.world import OWN, World, build

EXAMPLES = 8
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_dict(document())
schema.app = application
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


@dataclass
class Scene:
    """A world and the tokens of those who knock."""

    world: World
    tokens: list[str]


@pytest.fixture
def scene(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Keep the test's connection open while the real WSGI application answers."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    return Scene(
        build(cast), [Api(who).headers["Authorization"] for who in ("office", "deputy_city", "clerk")]
    )


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=QUIET,
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    database=None,
)
def test_whatever_is_sent_is_answered_as_described(case: schemathesis.Case, scene: Scene) -> None:
    token = scene.tokens[len(repr(case.body)) % len(scene.tokens)]
    case.headers = {**(case.headers or {}), "Authorization": token, "Accept-Encoding": "identity"}
    for name, known in _known(case, scene.world).items():
        case.path_parameters[name] = known
    case.validate_response(case.call(), checks=CHECKS)


def _known(case: schemathesis.Case, world: World) -> dict[str, str]:
    """Put a real matter behind half of the ids: made-up ones end at the first look."""
    found: dict[str, str] = {}
    parameters = case.path_parameters or {}
    if "id" in parameters and str(parameters["id"])[-1] in "02468ace":
        found["id"] = str((world.opinion if "opinions" in case.path else world.suggestion)[OWN].pk)
    if "action" in parameters:
        book = (
            ("accept", "transfer", "answer")
            if "opinions" in case.path
            else ("evaluate", "assign", "sign_reply")
        )
        found["action"] = book[len(str(parameters["action"])) % 3]
    return found
