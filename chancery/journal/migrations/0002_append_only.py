from django.db import migrations, models

from chancery.journal import append_only


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddField("mention", "tells", models.BooleanField(default=False)),
        migrations.AlterField("checkpoint", "size", models.BigIntegerField(unique=True)),
        migrations.AlterModelOptions("checkpoint", options={"ordering": ["-size"]}),
        migrations.RunPython(
            lambda apps, schema_editor: append_only.arm(schema_editor.connection),
            lambda apps, schema_editor: append_only.disarm(schema_editor.connection),
        ),
    ]
