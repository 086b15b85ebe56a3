"""The API: version 1, OpenAPI at /api/v1/openapi.json."""

from __future__ import annotations

from ninja import NinjaAPI

from lianxin.api import ground, opinions, suggestions
from lianxin.api.doors import Bearer, handle_problems

api = NinjaAPI(
    title="连心 Lianxin",
    version="1.0.0",
    description="人大代表履职网格服务体系",
    auth=Bearer(),
    docs_url="/docs",
    urls_namespace="api-v1",
)
handle_problems(api)
api.add_router("", ground.router)
api.add_router("", opinions.router)
api.add_router("", suggestions.router)
