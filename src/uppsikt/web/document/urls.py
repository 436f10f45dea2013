"""The addresses of the guideline, its versions and proposals, laws and decisions."""

from django.urls import path

from uppsikt.web.document import (
    deciding,
    description,
    home,
    laws,
    local,
    proposals,
    readers,
    reviews,
    values,
    versions,
)

urlpatterns = [
    path("riktlinjen/", home.guideline, name="guideline"),
    path("riktlinjen/ansvar/", home.responsibilities, name="responsibilities"),
    path("riktlinjen/last/", readers.read, name="guideline-read"),
    path("riktlinjen/lasta/", readers.index, name="guideline-readers"),
    path("riktlinjen/granskning/", reviews.index, name="guideline-reviews"),
    path("riktlinjen/lagar/", laws.index, name="laws"),
    path("riktlinjen/lagar/<slug:name>/", laws.show, name="law"),
    path("riktlinjen/versioner/", versions.index, name="guideline-versions"),
    path("riktlinjen/versioner/<int:pk>/", versions.show, name="guideline-version"),
    path("riktlinjen/versioner/<int:pk>/fil/", versions.file, name="guideline-file"),
    path("riktlinjen/versioner/<int:pk>/text/", versions.text, name="guideline-text"),
    path(
        "riktlinjen/versioner/<int:pk>/text/ny/",
        versions.upload,
        name="guideline-upload",
    ),
    path("riktlinjen/forslag/", proposals.index, name="proposals"),
    path("riktlinjen/forslag/nytt/", proposals.new, name="proposal-new"),
    path("riktlinjen/forslag/<int:pk>/", proposals.show, name="proposal"),
    path("riktlinjen/forslag/<int:pk>/fil/", proposals.file, name="proposal-file"),
    path("riktlinjen/forslag/<int:pk>/skal/", proposals.explain, name="proposal-why"),
    path("riktlinjen/forslag/<int:pk>/in/", values.upload, name="proposal-upload"),
    path("riktlinjen/forslag/<int:pk>/varden/", values.index, name="proposal-values"),
    path(
        "riktlinjen/forslag/<int:pk>/varden/<slug:name>/",
        values.change,
        name="proposal-value",
    ),
    path(
        "riktlinjen/forslag/<int:pk>/beslut/", deciding.decide, name="proposal-decide"
    ),
    path(
        "riktlinjen/forslag/<int:pk>/verkan/", deciding.effects, name="proposal-effects"
    ),
    path(
        "riktlinjen/forslag/<int:pk>/<slug:name>/",
        proposals.move,
        name="proposal-move",
    ),
    path("lokala-beslut/", local.index, name="local-decisions"),
    path("lokala-beslut/<int:pk>/", local.show, name="local-decision"),
    path("lokala-beslut/<int:pk>/dokument/", local.document, name="local-document"),
    path("lokala-beslut/<int:pk>/avsluta/", local.end, name="local-end"),
    path("lokala-beslut/ny/<int:node>/<slug:kind>/", local.new, name="local-new"),
    path("allmanna-handlingar/", description.index, name="description"),
    path(
        "allmanna-handlingar/<int:pk>.<slug:form>",
        description.file,
        name="description-file",
    ),
]
