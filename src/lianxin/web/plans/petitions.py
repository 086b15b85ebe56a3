"""提请市委: the list, one petition with its way, the letter."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.errors import LianxinError, NotFound
from lianxin.documents.letters import letter_pdf
from lianxin.documents.models import LetterVersion
from lianxin.plans import selectors, services
from lianxin.plans.actions import petition_book, petition_facts
from lianxin.plans.models import Petition
from lianxin.plans.permissions import may_petition
from lianxin.plans.workflow import OFFICE, PETITION, WATCHERS, PetitionState
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown
from lianxin.web.handing import handed
from lianxin.web.plans.parts import REFUSALS, desk_of, said_once, sent_file
from lianxin.web.presses import Missed, back_to, press_done, presses
from lianxin.web.typed import typed_day

AT = "/plans/petitions"
AHEAD = (
    ("起草", ("draft",)),
    ("主任会议", ("proposed", "on_agenda")),
    ("报市委", ("agreed", "sent")),
    ("市委下发", ("issued",)),
)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List petitions under way, or those that have ended."""
    actor = actor_of(request)
    tab = "done" if request.GET.get("tab") == "done" else "open"
    page = {
        "rows": selectors.petitions_page(actor, tab=tab),
        "tab": tab,
        "today": clock.today(),
        "writes": actor.has(*OFFICE),
        "at": AT,
    }
    return shown(request, "web/plans/petitions.html", page)


@for_roles(*OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a petition."""
    problem = None
    if request.method == "POST":
        try:
            made = services.petition_draft(
                actor=actor_of(request),
                place=desk_of(actor_of(request)),
                title=request.POST.get("title", ""),
                text=request.POST.get("text", ""),
                request_id=request.POST.get("request_id"),
            )
            return redirect("petition", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    return shown(request, "web/plans/petition_new.html", {"at": AT}, problem)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a petition: where it stands, what it says, what may be done."""
    return _page(request, selectors.petition_for(actor_of(request), pk))


def _page(
    request: HttpRequest,
    row: Petition,
    missed: Missed | None = None,
    problem: LianxinError | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    facts, texts = petition_facts(row), list(row.texts.all())
    offers = presses(
        petition_book, actor, row, base=f"{AT}/{row.pk}", request=request, facts=facts, missed=missed
    )
    page = {
        "row": row,
        "text": texts[0],
        "older": texts[1:],
        "acts": offers,
        "issues": row.state == PetitionState.SENT and may_petition(actor, "issue", row),
        "issue_basis": said_basis(PETITION.acts["issue"].basis),
        "steps": [(words, row.state in states) for words, states in AHEAD],
        "events": [(one, _verb(one.act)) for one in row.events.all()],
        "late": row.state == PetitionState.SENT and row.due_on is not None and row.due_on < clock.today(),
        "today": clock.today(),
        **said_once(missed, offers),
        "at": AT,
    }
    if problem is None and missed is not None:
        return shown(request, "web/plans/petition.html", page, missed.refusal)
    return shown(request, "web/plans/petition.html", page, problem)


def _verb(act: str) -> str:
    return PETITION.acts[act].verb if act in PETITION.acts else "起草"


@for_roles(*WATCHERS)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Take a step of the way."""
    actor = actor_of(request)
    row = selectors.petition_for(actor, pk)
    missed = press_done(request, petition_book, actor, row, act)
    if missed:
        row.refresh_from_db()
        return _page(request, row, missed)
    return back_to("petition", pk=pk)


@for_roles(*OFFICE)
@require_POST
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Register what the committee issued, with its file."""
    row = selectors.petition_for(actor_of(request), pk)
    try:
        services.petition_issue(
            actor=actor_of(request),
            petition=row,
            number=request.POST.get("number", ""),
            issued_on=typed_day(request, "issued_on"),
            data=sent_file(request, "file"),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _page(request, row, problem=refusal)
    messages.success(request, _("下发的文件登记好了，请接着写怎么贯彻。"))
    return redirect("petition", pk=pk)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the letter by which the committee was asked."""
    row = selectors.petition_for(actor_of(request), pk)
    found = LetterVersion.objects.filter(pk=row.letter).first() if row.letter else None
    if found is None:
        raise NotFound("这件提请还没有报出去，没有公函。")
    return handed(letter_pdf(found), f"petition-{row.sent_on}.pdf")
