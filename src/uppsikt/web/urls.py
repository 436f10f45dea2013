"""Every address of the program."""

from django.urls import include, path

from uppsikt.web import organisation, pages, people

urlpatterns = [
    path("", include("uppsikt.duties.urls")),
    path("", include("uppsikt.inbox.urls")),
    path("", include("uppsikt.inbox.watch_urls")),
    path("", include("uppsikt.inbox.message_urls")),
    path("", include("uppsikt.inbox.module_urls")),
    path("", include("uppsikt.inbox.referring_urls")),
    path("", include("uppsikt.inbox.lapse_urls")),
    path("", include("uppsikt.inbox.terms_urls")),
    path("", include("uppsikt.inbox.sample_urls")),
    path("", include("uppsikt.inbox.analysis_urls")),
    path("", include("uppsikt.publishing.urls")),
    path("", include("uppsikt.moderation.urls")),
    path("konto/", include("uppsikt.web.account_urls")),
    path("personer/", people.index, name="people"),
    path("personer/bjud-in/", people.invite, name="invite"),
    path("personer/<int:pk>/", people.show, name="person"),
    path("personer/<int:pk>/roll/", people.assign, name="assign"),
    path("personer/<int:pk>/nollstall/", people.reset_factor, name="reset_factor"),
    path("personer/<int:pk>/stang/", people.deactivate, name="deactivate"),
    path("personer/<int:pk>/uppgifter/", people.describe, name="describe"),
    path("organisation/", organisation.index, name="organisation"),
    path("organisation/<int:pk>/", organisation.show, name="place"),
    path("organisation/<int:pk>/ny/", organisation.add, name="place-add"),
    path("organisation/<int:pk>/namn/", organisation.rename, name="place-rename"),
    path("organisation/<int:pk>/stang/", organisation.close, name="place-close"),
    path("roller/<int:pk>/avsluta/", people.end_assignment, name="end_assignment"),
    path("genvagar/", pages.preferences, name="preferences"),
    path("", include("uppsikt.channels.urls")),
    path("", include("uppsikt.channels.citizen_urls")),
    path("", include("uppsikt.channels.start_urls")),
    path("", include("uppsikt.channels.people_urls")),
    path("", include("uppsikt.governance.absence_urls")),
    path("", include("uppsikt.governance.crisis_urls")),
    path("", include("uppsikt.channels.profile_urls")),
    path("", include("uppsikt.governance.exempting_urls")),
    path("", include("uppsikt.web.document.urls")),
    path("hjalp/", pages.help_index, name="help"),
    path("hjalp/<slug:name>/", pages.help_page, name="help_page"),
    path("halsa/live/", pages.alive, name="alive"),
    path("halsa/redo/", pages.ready, name="ready"),
]

handler400 = "uppsikt.web.errors.bad_request"
handler403 = "uppsikt.web.errors.forbidden"
handler404 = "uppsikt.web.errors.not_found"
handler500 = "uppsikt.web.errors.server_error"
