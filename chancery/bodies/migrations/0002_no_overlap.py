from django.db import migrations

from chancery.core.constraints import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_initial")]
    operations = [
        NoOverlap("ChairTerm", ["body_id"]),
    ]
