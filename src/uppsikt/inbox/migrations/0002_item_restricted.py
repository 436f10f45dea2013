from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
    ]
