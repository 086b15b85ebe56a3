"""What the generated OpenAPI document must say beyond the operations: problems, keys, open doors."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from lianxin.api.doors import KEY_LENGTH
from lianxin.api.problems import PROBLEM

KEYED = frozenset(
    {
        "/api/v1/opinions",
        "/api/v1/opinions/by-code/{code}/evaluation",
        "/api/v1/opinions/by-code/{code}/reopening",
        "/api/v1/opinions/{id}/actions/{action}",
        "/api/v1/suggestions",
        "/api/v1/suggestions/{id}/actions/{action}",
        "/api/v1/grid-events",
        "/api/v1/duties",
        "/api/v1/duties/{id}/actions/{action}",
        "/api/v1/pledges",
        "/api/v1/pledges/{id}/actions/{action}",
        "/api/v1/contacts/{id}/visits",
        "/api/v1/plan-tasks/{id}/reports",
        "/api/v1/project-rounds/{id}/wishes",
        "/api/v1/projects/{id}/actions/{action}",
        "/api/v1/contacts/{id}/actions/{action}",
        "/api/v1/charters/{id}/actions/{action}",
        "/api/v1/village-items/{id}/actions/{action}",
        "/api/v1/duty-reviews/{id}/actions/{action}",
        "/api/v1/sessions",
        "/api/v1/sessions/{id}/attendance",
    }
)
"""Addresses whose POST changes something: each takes an Idempotency-Key."""
REFUSALS = {
    "400": "写法不对（不是 JSON）",
    "401": "没有令牌，或令牌失效",
    "403": "没有这项权限",
    "404": "没有找到，或不在您的范围内",
    "405": "不支持这种请求方法",
    "409": "别人先办了，或规则不允许，或请求编号已用于另一份内容",
    "413": "内容太大",
    "415": "只收 JSON",
    "422": "有几项写得不对，见 errors",
    "429": "太频繁，请等 Retry-After 秒",
    "500": "系统差错",
}
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "请求编号：同一编号重发得到第一次的结果；同一编号换了内容会被拒绝（409）。",
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH, "pattern": "^[!-~]+$"},
}
TOKEN_HEADER = {
    "name": "X-Browser-Token",
    "in": "header",
    "required": False,
    "description": "客户端自己的随机标记，只用来防刷，不识别个人；不给则按网络地址计，说件事只按联络站计。",
    "schema": {"type": "string", "maxLength": KEY_LENGTH, "pattern": "^[!-~]*$"},
}


class Api(NinjaAPI):
    """An API whose description is complete."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the OpenAPI 3.1 document."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        schema["paths"] = {address.replace("{pk}", "{id}"): one for address, one in schema["paths"].items()}
        for address, operations in schema["paths"].items():
            for method, operation in operations.items():
                _complete(address, method, operation)
        schema["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
        schema["components"]["securitySchemes"] = {"Bearer": {"type": "http", "scheme": "bearer"}}
        return schema


def _complete(address: str, method: str, operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "pk":
            parameter |= {"name": "id", "schema": {"type": "string", "format": "uuid"}}
    if method == "post" and address in KEYED:
        operation.setdefault("parameters", []).append(KEY_HEADER)
    if "/by-code/" in address or (method, address) == ("post", "/api/v1/opinions"):
        operation.setdefault("parameters", []).append(TOKEN_HEADER)
    if operation.get("security") == [{"MaybeBearer": []}]:
        operation["security"] = [{}, {"Bearer": []}]
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    operation["responses"] = answers | {status: _refusal(status) for status in REFUSALS}


def _refusal(status: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": REFUSALS[status],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == "429":
        told["headers"] = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}}}
    if status == "401":
        told["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return told


PROBLEM_SCHEMA = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457 问题说明：detail 说哪里不对、接着怎么做，errors 逐项说明。",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
