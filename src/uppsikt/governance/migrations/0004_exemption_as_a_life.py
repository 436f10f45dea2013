import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0003_closed_places_and_inviters'),
    ]

    operations = [
        migrations.DeleteModel(
            name='Exemption',
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(editable=False, max_length=20)),
                ('control', models.CharField(max_length=100)),
                ('reason', models.TextField(verbose_name='Reason')),
                ('asked_at', models.DateTimeField()),
                ('until', models.DateField(verbose_name='Until and including')),
                ('conditions', models.TextField(blank=True, verbose_name='Conditions')),
                ('decided_at', models.DateTimeField(null=True)),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='governance.node')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('node', 'control'), name='one_question_at_a_time'),
                    models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='exemption_ends_after_it_starts'),
                    models.CheckConstraint(condition=models.Q(models.Q(('status', 'granted'), _negated=True), ('ends_at__isnull', False), _connector='OR'), name='a_granted_exemption_has_an_end'),
                ],
            },
        ),
    ]
