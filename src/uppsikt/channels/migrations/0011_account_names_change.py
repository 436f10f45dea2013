"""A change of the card can hold another account name and address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0010_card_versions_are_kept_still")]

    operations = [
        migrations.AddField(
            model_name="cardchange",
            name="handle",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="cardchange",
            name="url",
            field=models.URLField(blank=True, default="", max_length=500),
        ),
    ]
