"""The addresses of moderation and registration."""

from django.urls import path

from uppsikt.moderation import downloads, posting, registry, views

urlpatterns = [
    path("moderering/", views.index, name="cases"),
    path("moderering/ny/", views.new, name="case-new"),
    path("moderering/ny/sarskilt/", views.new_special, name="case-new-special"),
    path("moderering/<int:pk>/", views.show, name="case"),
    path("moderering/<int:pk>/sarskilt/", views.seclude, name="case-seclude"),
    path("moderering/<int:pk>/steg/<slug:name>/", views.move, name="case-move"),
    path("moderering/<int:pk>/besluta/", posting.decide, name="case-decide"),
    path("moderering/<int:pk>/besked/", posting.notify, name="case-notify"),
    path(
        "moderering/<int:pk>/inget-besked/",
        posting.cannot_notify,
        name="case-cannot-notify",
    ),
    path("moderering/<int:pk>/utlagt/", posting.posted, name="case-posted"),
    path("moderering/<int:pk>/anmalan/", posting.report, name="case-report"),
    path("moderering/<int:pk>/anmal/", posting.order_report, name="case-order-report"),
    path("moderering/<int:pk>/skarmbild/", posting.upload, name="case-upload"),
    path("moderering/<int:pk>/borttaget/", posting.prove, name="case-prove"),
    path("moderering/<int:pk>/anteckning/", posting.annotate, name="case-annotate"),
    path("moderering/<int:pk>/paket/", downloads.make_package, name="case-package"),
    path(
        "moderering/underlag/<int:pk>/", downloads.evidence_file, name="evidence-file"
    ),
    path("paket/<int:pk>/", downloads.package, name="package"),
    path("registrering/", registry.index, name="registrations"),
    path("registrering/<int:pk>/", registry.register, name="register"),
    path("registrering/flera/", registry.register_many, name="register-many"),
]
