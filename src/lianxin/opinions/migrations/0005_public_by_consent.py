"""What its author does not let be published is not public, and the tables say so."""

from typing import Any

from django.db import migrations, models


def _take_down(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("opinions", "Opinion").objects
    rows.filter(visibility="public", may_publish=False).update(visibility="station")


class Migration(migrations.Migration):
    dependencies = [("opinions", "0004_diary_channel")]

    operations = [
        migrations.RunPython(_take_down, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=~models.Q(visibility="public") | models.Q(may_publish=True),
                name="opinion_public_by_consent",
            ),
        ),
    ]
