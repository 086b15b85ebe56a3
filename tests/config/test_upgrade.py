"""An upgrade brings the rules that the new version needs and leaves alone what people changed."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from lianxin.rulebook.models import Parameter
from lianxin.rulebook.selectors import forget, value
from tests.factories.cast import HOME6, Cast

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_added_and_what_was_changed_stays(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    Parameter.objects.filter(name="screen.link_days").delete()
    Parameter.objects.filter(name="field.days").update(value=5)
    forget()
    call_command("upgrade")
    assert value("screen.link_days", home6=HOME6) == 90
    assert value("field.days", home6=HOME6) == 5
    assert "补上制度参数 1 项" in capsys.readouterr().out
    call_command("upgrade")
    assert "补上制度参数 0 项" in capsys.readouterr().out
