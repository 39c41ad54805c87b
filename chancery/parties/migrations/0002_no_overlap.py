from django.db import migrations

from chancery.core.constraints import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial")]
    operations = [
        NoOverlap("PartyName", ["party_id", "language", "form"]),
        NoOverlap("Membership", ["party_id"]),
        NoOverlap("Tenure", ["post_id"]),
    ]
