"""The API: version 1, OpenAPI at /api/v1/openapi.json, a page about it at /api/v1/docs."""

from __future__ import annotations

from lianxin.api import (
    ballots,
    congress,
    contacts,
    duties,
    ground,
    opinions,
    plans,
    projects,
    reviews,
    suggestions,
    villages,
)
from lianxin.api.description import Api
from lianxin.api.doors import Bearer
from lianxin.api.problems import handle_problems

api = Api(
    title="连心 Lianxin",
    version="1.0.0",
    description=(
        "人大代表履职网格服务体系。令牌由 POST /api/v1/tokens 换取，放在 Authorization: Bearer 里。"
        "列表都是 {items, next}，next 作为下一页的 after。可以办的事由 …/{id}/actions 给出，按名字提交即可。"
    ),
    auth=Bearer(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)
handle_problems(api)
api.add_router("", ground.router)
api.add_router("", opinions.router)
api.add_router("", suggestions.router)
api.add_router("", duties.router)
api.add_router("", contacts.router)
api.add_router("", projects.router)
api.add_router("", ballots.router)
api.add_router("", plans.router)
api.add_router("", reviews.router)
api.add_router("", congress.router)
api.add_router("", villages.router)
