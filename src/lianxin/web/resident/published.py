"""A published suggestion with its replies, for everybody (代表法第五十一条、第五十八条)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.suggestions.published import published_replies, published_suggestion
from lianxin.web.act_words import WORDS
from lianxin.web.door import public


@public
@never_cache
@require_GET
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the text, and each demand beside its answer."""
    row = published_suggestion(pk)
    replies = [(one, _(WORDS.get(one.reply_class, one.reply_class))) for one in published_replies(row)]
    return render(request, "web/resident/suggestion.html", {"row": row, "replies": replies})
