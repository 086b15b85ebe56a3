"""What everybody may read of a deputy's duty reports: the report at once, the result once it is filed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.meetings.review_selectors import public_reviews
from lianxin.people.models import Deputy
from lianxin.web.door import public


@public
@never_cache
@require_GET
def deputy_reviews(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a deputy's duty reports, the latest first, each with its line of steps."""
    deputy = get_object_or_404(Deputy, pk=pk)
    page = {"deputy": deputy, "rows": public_reviews(deputy)}
    return render(request, "web/resident/duty_reviews.html", page)
