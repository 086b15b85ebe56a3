"""What of the projects waits for somebody: a milestone to report, a place to see, a change to decide."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Case, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value, When

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.projects.models import Change, Level, Milestone, Project, ProjectRound, Visit
from lianxin.projects.permissions import UNITS, runner
from lianxin.projects.rules import ONE_DAY, collect_from, period_end, period_start
from lianxin.projects.services.timers import SOON
from lianxin.projects.workflow import GOING, State
from lianxin.rulebook.selectors import value


def milestones_due(actor: Actor) -> QuerySet[Milestone]:
    """Return the milestones that a unit has to report: due soon or late."""
    return Milestone.objects.filter(
        project__unit_code__in=actor.units(*UNITS),
        project__state__in=GOING,
        done_on=None,
        due_on__lte=clock.today() + SOON,
    )


def reports_due(actor: Actor) -> QuerySet[Project]:
    """Return a unit's projects silent for a whole period, or up to now in a period near its end."""
    day, interval = clock.today(), value("project.progress_interval")
    start, end = period_start(day, interval), period_end(day, interval)
    before = period_start(start - ONE_DAY, interval)
    mine = Project.objects.filter(unit_code__in=actor.units(*UNITS), state__in=GOING)
    late, now = _silent_since(before), _silent_since(start)
    due = Case(When(late, then=Value(start - ONE_DAY)), default=Value(end), output_field=DateField())
    return mine.filter(now if end - day <= SOON else late).annotate(report_due_on=due)


def _silent_since(day: date) -> Q:
    """Return the rule for a project whose plan is older than a day and of which nothing came since."""
    came = Milestone.objects.filter(project=OuterRef("pk"), done_on__gte=day)
    return Q(planned_on__lt=day) & ~Q(Exists(came))


def visits_due(actor: Actor) -> QuerySet[Project]:
    """Return the projects that a supervising deputy has not been to see for `project.visit_every_days`."""
    since = clock.today() - timedelta(days=value("project.visit_every_days"))
    fresh = Visit.objects.filter(project=OuterRef("pk"), deputy__account=actor.id, on__gt=since)
    watched = Project.objects.filter(supervisors__deputy__account=actor.id, state__in=GOING)
    return watched.filter(~Exists(fresh), planned_on__lte=since)


def changes_open(actor: Actor) -> QuerySet[Change]:
    """Return the changes that wait for the decision which the actor's body enters."""
    return Change.objects.filter(_run_by(actor, "project__round__"), decided_on=None)


def plans_unpublished(actor: Actor) -> QuerySet[Project]:
    """Return the chosen projects whose plan is to be published (规定第十七条: 及时), with the day."""
    within = timedelta(days=value("project.plan_days"))
    due = ExpressionWrapper(F("round__voted_on") + within, output_field=DateField())
    chosen = Project.objects.filter(_run_by(actor, "round__"), state=State.APPROVED)
    return chosen.annotate(plan_due_on=due)


def rounds_to_begin(actor: Actor) -> QuerySet[ProjectRound]:
    """Return this year's rounds of a body that has not begun to collect for the next, though it is time."""
    day = clock.today()
    is_time = day >= collect_from(day.year + 1, value("project.collect_start"))
    following = ProjectRound.objects.filter(division_code=OuterRef("division_code"), year=day.year + 1)
    own = ProjectRound.objects.filter(_run_by(actor), year=day.year if is_time else 0)
    return own.filter(~Exists(following))


def _run_by(actor: Actor, through: str = "") -> Q:
    """Return the rule for what belongs to the rounds on which the actor's body works."""
    rule = Q(pk=None)
    for level in Level.values:
        places = actor.places(runner(level))
        rule |= Q(**{f"{through}level": level, f"{through}division_code__in": places})
    return rule
