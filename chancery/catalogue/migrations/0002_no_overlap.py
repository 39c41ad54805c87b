from django.db import migrations

from chancery.core.constraints import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [
        NoOverlap("Coordination", ["area_id", "party_id"]),
    ]
