"""The members of a representatives' meeting are the committee's and the representatives (art. 25).

What an older village has is not known: its representatives and the least committee of art. 6 are taken,
until the town registers the number. Meetings that were judged keep the number they were judged by.
"""

from django.db import migrations, models
from django.db.models import F

LEAST_COMMITTEE = 3
NOT_YET_JUDGED = ("preparing", "noticed", "signing_in")


def fill(apps, schema_editor):
    members = F("representatives") + LEAST_COMMITTEE
    apps.get_model("villages", "VillageProfile").objects.update(meeting_members=members)
    meetings = apps.get_model("villages", "VillageMeeting").objects
    meetings.exclude(state__in=NOT_YET_JUDGED).update(meeting_members=F("representatives"))
    meetings.filter(state__in=NOT_YET_JUDGED).update(meeting_members=members)


def nothing(apps, schema_editor):
    pass


class Migration(migrations.Migration):

    dependencies = [
        ('villages', '0002_four_deliberations'),
    ]

    operations = [
        migrations.AddField(
            model_name='villageprofile',
            name='meeting_members',
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='villagemeeting',
            name='meeting_members',
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(fill, nothing, elidable=True),
    ]
