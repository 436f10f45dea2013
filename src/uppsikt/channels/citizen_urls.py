"""The addresses of what citizens ask and send, and of the staff who see to it."""

from django.urls import path

from uppsikt.channels import citizen_views, feedback_views, found_views

urlpatterns = [
    path("kontroll", citizen_views.check, name="check"),
    path("kontroll/anmal", citizen_views.report, name="check-report"),
    path("synpunkt", citizen_views.suggest, name="suggest"),
    path("kvitto", citizen_views.receipt, name="receipt"),
    path("anmalda-konton/", found_views.index, name="found-accounts"),
    path("anmalda-konton/<int:pk>/", found_views.show, name="found-account"),
    path("anmalda-konton/<int:pk>/<str:name>/", found_views.act, name="found-act"),
    path("synpunkter/", feedback_views.index, name="feedback-list"),
    path("synpunkter/<int:pk>/", feedback_views.show, name="feedback"),
    path("synpunkter/<int:pk>/hantera/", feedback_views.handle, name="feedback-handle"),
    path(
        "synpunkter/<int:pk>/lamna-over/",
        feedback_views.hand_over,
        name="feedback-hand-over",
    ),
]
