"""The library of institutions: a list that is searched by title and clause, and each text with anchors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lianxin.common.errors import NotFound
from lianxin.rulebook.models import Institution
from lianxin.rulebook.selectors import institutions_find
from lianxin.web.door import public

KINDS = (("statute", "法律法规"), ("local", "本地制度"))


@public
@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    """List the library by kind; words find titles, issuers and clauses, old names included."""
    words = request.GET.get("q", "").strip()[:60]
    found = list(institutions_find(words))
    groups = [(label, [row for row in found if row.kind == kind]) for kind, label in KINDS]
    page = {"groups": [group for group in groups if group[1]], "q": words, "count": len(found)}
    return render(request, "web/library/list.html", page)


@public
@require_GET
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one document; every clause has its own address (#anchor)."""
    document = Institution.objects.filter(slug=slug).first()
    if document is None:
        raise NotFound("制度库里没有这份文件，请从目录中选择。")
    page = {"document": document, "clauses": document.clauses.order_by("id")}
    return render(request, "web/library/document.html", page)
