"""Pauses with a reason, and who was told that an answer waits."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def look_at_what_waits(apps, _editor):
    """Let the worker look at each open question at its nearest deadline."""
    items = apps.get_model("inbox", "Item").objects
    waits = items.filter(status__in=("waiting", "promised"), escalates_at=None)
    waits.update(escalates_at=models.F("due_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0011_account_names_change'),
        ("inbox", "0018_handling"),
        ('records', '0003_search'),
        ('sending', '0004_approved_text'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(choices=[('first', 'First word'), ('full', 'Full answer')], max_length=5)),
                ('share', models.PositiveSmallIntegerField()),
                ('role', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=40)),
                ('note', models.TextField(blank=True)),
                ('starts_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='escalates_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='item',
            name='still_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('escalates_at__isnull', False)), fields=['escalates_at'], name='whom_to_tell_next'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.entry'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='inbox.item'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='told_of', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pause',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pause',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pause',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='records.entry'),
        ),
        migrations.AddField(
            model_name='pause',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='inbox.item'),
        ),
        migrations.AddIndex(
            model_name='escalation',
            index=models.Index(fields=['user', 'item'], name='inbox_escal_user_id_300a26_idx'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('starts_at'))), name='a_pause_ends_after_it_begins'),
        ),
        migrations.RunPython(look_at_what_waits, migrations.RunPython.noop),
    ]
