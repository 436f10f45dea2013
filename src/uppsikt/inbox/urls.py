"""The addresses of the inbox."""

from django.urls import path

from uppsikt.inbox import (
    acts,
    approving_views,
    draft_views,
    handling_views,
    language_views,
    merging_views,
    views,
)

urlpatterns = [
    path("inkorg/", views.inbox, name="inbox"),
    path("inkorg/<int:pk>/", views.item, name="item"),
    path("inkorg/<int:pk>/svara/", acts.answer, name="item-answer"),
    path("inkorg/<int:pk>/utkast/<slug:box>/", draft_views.save, name="item-draft"),
    path(
        "inkorg/<int:pk>/utkast/<slug:box>/kasta/",
        draft_views.discard,
        name="item-draft-discard",
    ),
    path("inkorg/skriver/", draft_views.writers, name="item-writers"),
    path("inkorg/<int:pk>/aterkommer/", acts.promise, name="item-promise"),
    path("inkorg/<int:pk>/inget-svar/", acts.pass_by, name="item-pass-by"),
    path("inkorg/<int:pk>/oppna-igen/", acts.reopen, name="item-reopen"),
    path("inkorg/<int:pk>/ta/", acts.claim, name="item-claim"),
    path("inkorg/<int:pk>/slapp/", acts.release, name="item-release"),
    path("inkorg/<int:pk>/tilldela/", handling_views.assign, name="item-assign"),
    path("inkorg/<int:pk>/lagg-undan/", handling_views.snooze, name="item-snooze"),
    path("inkorg/<int:pk>/ta-fram/", handling_views.wake, name="item-wake"),
    path("inkorg/<int:pk>/anteckna/", handling_views.note, name="item-note"),
    path("inkorg/nyss/", handling_views.recent, name="inbox-recent"),
    path("inkorg/nyss/<str:order>/", handling_views.undo, name="inbox-undo"),
    path("inkorg/bild/<int:pk>/", views.picture, name="item-picture"),
    path("inkorg/text/<int:pk>/angra/", acts.stop, name="outgoing-stop"),
    path("inkorg/text/<int:pk>/igen/", acts.retry, name="outgoing-retry"),
    path("inkorg/text/<int:pk>/utlagt/", acts.post, name="outgoing-post"),
    path("inkorg/text/<int:pk>/sett/", acts.vouch, name="outgoing-vouch"),
    path(
        "inkorg/text/<int:pk>/saknas/",
        acts.declare_lost,
        name="outgoing-declare-lost",
    ),
    path(
        "inkorg/text/<int:pk>/godkann/",
        approving_views.approve,
        name="outgoing-approve",
    ),
    path("inkorg/text/<int:pk>/tillbaka/", acts.send_back, name="outgoing-send-back"),
    path("inkorg/godkann/", views.approvals, name="approvals"),
    path("inkorg/<int:pk>/samma/", merging_views.merge, name="item-merge"),
    path("inkorg/<int:pk>/isar/", merging_views.part, name="item-part"),
    path("inkorg/sprak/", language_views.index, name="languages"),
    path(
        "inkorg/sprak/utdrag.<slug:ending>", language_views.file, name="languages-file"
    ),
    path("inkorg/ny/", views.enter, name="item-new"),
]
