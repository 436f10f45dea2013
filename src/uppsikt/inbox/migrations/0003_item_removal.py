"""An item knows of the case about it, and of when it was removed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_item_restricted")]

    operations = [
        migrations.AddField("item", "in_case", models.BigIntegerField(null=True)),
        migrations.AddField("item", "removed_at", models.DateTimeField(null=True)),
    ]
