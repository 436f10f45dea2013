"""Enter in the register the private messages that were taken in before it was there."""

from django.db import migrations

KIND = "message"


def enter(apps, schema_editor):
    item_rows = apps.get_model("inbox", "Item").objects
    conversations = apps.get_model("inbox", "Conversation").objects
    messages = apps.get_model("inbox", "PrivateMessage").objects
    letters = item_rows.filter(kind=KIND).select_related("channel")
    for item in letters.order_by("published_at", "pk").iterator():
        party = "" if item.own else (item.author_name or item.author_handle)[:200]
        talk, _ = conversations.get_or_create(
            channel=item.channel,
            root_id=item.root_id,
            defaults={
                "node_id": item.channel.node_id,
                "party": party,
                "begun_at": item.published_at,
                "last_at": item.published_at,
            },
        )
        talk.party = talk.party or party
        talk.last_at = max(talk.last_at, item.published_at)
        talk.save()
        messages.create(
            status="undecided",
            conversation=talk,
            item=item,
            direction="drawn_up" if item.own else "received",
            happened_at=item.published_at,
            due_at=item.received_at,
        )


def hide(apps, schema_editor):
    """Take what is not public out of the search: nobody looks people up by it (D-16)."""
    closed = apps.get_model("inbox", "Item").objects.filter(public=False)
    found = apps.get_model("records", "SearchDocument").objects
    for pk in closed.values_list("pk", flat=True).iterator():
        found.filter(subject=f"item:{pk}").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0006_private_messages"),
        ("records", "0003_search"),
    ]

    operations = [
        migrations.RunPython(enter, migrations.RunPython.noop),
        migrations.RunPython(hide, migrations.RunPython.noop),
    ]
