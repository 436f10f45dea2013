def ed(p,*pairs):
    s=open(p).read()
    for a,b in pairs:
        assert a in s,(p,a)
        s=s.replace(a,b,1)
    open(p,'w').write(s)
ed('src/uppsikt/inbox/models/__init__.py',('''from uppsikt.inbox.models.tick''','''from uppsikt.inbox.models.rota import RotaDay, RotaTurn, Swap
from uppsikt.inbox.models.tick'''),('''    "Takeover",
''','''    "RotaDay",
    "RotaTurn",
    "Swap",
    "Takeover",
'''))
G='src/uppsikt/policy/guidelines/tyreso.toml'
ed(G,('''[[right]]
id = "watch.answer"
''','''[[right]]
id = "watch.rota"
section = "6.4"
says = "Föra schemat över vem som har uppsikten"
roles = ["channel_owner", "line_manager", "department_communications_officer"]

[[right]]
id = "watch.answer"
'''),('''[[feature]]
demands = ["R-6.4-3", "D-3"]
''','''[[feature]]
demands = ["R-6.4-1", "R-6.4-3"]
section = "6.4"
says = "Schemat säger vem som har vilken dag, visar hål i förväg, och två kan byta"
anchor = "har ansvar för att bevaka kanalen"
test = "tests/guideline/test_6_4_rota.py::test_the_watch_falls_to_whoever_has_the_day_by_the_rota"

[[feature]]
demands = ["R-6.4-3", "D-3"]
'''))
ed('src/uppsikt/policy/roles.py',('''    ANSWER_MISSED = ''','''    KEEP_ROTA = "watch.rota"
    ANSWER_MISSED = '''))
ed('src/uppsikt/inbox/watch_urls.py',('''    path("franvaro/idag/"''','''    path("uppsikt/schema/", rota_views.ahead, name="rota"),
    path("uppsikt/schema/mina.ics", rota_views.mine, name="rota-mine"),
    path("uppsikt/schema/<int:pk>/", rota_views.channel, name="rota-channel"),
    path("uppsikt/schema/<int:pk>/vecka/", rota_views.set_week, name="rota-week"),
    path("uppsikt/schema/<int:pk>/dag/", rota_views.set_day, name="rota-day"),
    path("uppsikt/schema/<int:pk>/byt/", rota_views.ask, name="rota-ask"),
    path("uppsikt/schema/byte/<int:pk>/", rota_views.answer, name="rota-answer"),
    path("franvaro/idag/"'''),("handing_views, look_views, watch_views","handing_views, look_views, rota_views, watch_views"))
ed('src/uppsikt/inbox/handing_over.py',('''    held = Assignment.objects.holding(at).filter(
        user=user, role__in=standing_in.IN_ORDER
    )
    rows = Channel.objects.open().filter(node__in=held.values("node"))
''','''    held = Assignment.objects.holding(at).filter(
        user=user, role__in=standing_in.IN_ORDER
    )
    by_rota = Q(turns__user=user) | Q(rota_days__user=user)
    mine = Q(node__in=held.values("node")) | by_rota
    rows = Channel.objects.open().filter(mine).distinct()
'''),('''from django.db import transaction
''','''from django.db import transaction
from django.db.models import Q
'''))
ed('src/uppsikt/inbox/templates/inbox/watch_tabs.html',('''<a class="ds-link" href="{% url 'watch-gaps' %}">''','''<a class="ds-link" href="{% url 'rota' %}">{% translate "Rota" %}</a><a class="ds-link" href="{% url 'watch-gaps' %}">'''))
p='src/uppsikt/duties/plan.py'
ed(p,('''    mine = reach.of(actor, RESPONSIBLE, "node__path")
    rows = Channel.objects.open().filter(mine).exclude(pk__in=ticked)
    channels = list(rows.order_by("name")[:_MOST_WATCHED])
''','''    mine = reach.of(actor, RESPONSIBLE, "node__path") | _by_rota(actor)
    rows = Channel.objects.open().filter(mine).exclude(pk__in=ticked).distinct()
    channels = list(rows.order_by("name")[:_MOST_WATCHED])
'''),('''def _falls_to(''','''def _by_rota(actor: Actor) -> Q:
    """Return the condition for channels where the actor ever has a turn of the rota."""
    return Q(turns__user=actor.user) | Q(rota_days__user=actor.user)


def _falls_to('''),('''from django.db.models import Model, QuerySet
''','''from django.db.models import Model, Q, QuerySet
'''),('''    watching.missed,
''','''    watching.missed,
    watching.swaps,
'''))
ed('src/uppsikt/duties/watching.py',('''def _missed(''','''def swaps(actor: Actor, at: datetime) -> Group:
    """Return the swaps of days that the actor is asked to say yes or no to."""
    day = timezone.localtime(at).date()
    rows = Swap.objects.filter(other=actor.user, answered_at=None, day__gte=day)
    rows = rows.select_related("channel", "asker").order_by("day", "pk")
    found = [_swap(row) for row in rows]
    return Group.of(N_("Swaps to answer"), "6.4", reverse("rota"), found)


def _swap(row: Swap) -> Duty:
    told = {"who": str(row.asker), "day": row.day}
    words = Message(N_("%(who)s asks you to take %(day)s"), told)
    return Duty(words, str(row.channel), reverse("rota"))


def _missed('''),("import MissedDay\n","import MissedDay, Swap\n"),('''from django.urls import reverse
''','''from django.urls import reverse
from django.utils import timezone
'''))
ed('tests/web/addresses.py',('''    "watch-begin": (Whose.OWN, nothing),
''','''    "watch-begin": (Whose.OWN, nothing),
    "rota": (Whose.OWN, nothing),
    "rota-mine": (Whose.OWN, nothing),
    "rota-channel": (Whose.SOME, channel),
    "rota-week": (Whose.SOME, channel),
    "rota-day": (Whose.SOME, channel),
    "rota-ask": (Whose.SOME, channel),
    "rota-answer": (Whose.SOME, lambda w: {"pk": w.swap.pk}),
'''))
ed('tests/web/belongings.py',('''    @property
    def missed_day(''','''    @property
    def swap(self) -> Swap:
        return self.channel.swaps.earliest("pk")

    @property
    def missed_day('''),("import Item, ItemVersion, MissedDay, Tick","import Item, ItemVersion, MissedDay, Swap, Tick"),('''    MissedDay.objects.create(''','''    Swap.objects.create(
        channel=channel, asker=anna, day=at.date(), other=anna, asked_at=at
    )
    MissedDay.objects.create('''))
ed('src/uppsikt/inbox/static/watch.css',('''.cell[data-state="todo"]''','''.cell[data-state="plain"] { font-weight: 400; min-inline-size: 5rem; }
.cell[data-state="todo"]'''))
