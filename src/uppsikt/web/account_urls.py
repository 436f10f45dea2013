"""The doors that are open: no sign-up, and nobody changes their own address."""

from allauth.account import views
from django.urls import include, path, re_path

from uppsikt.web import people, signin

KEY = r"^nytt-losenord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns = [
    path("logga-in/", views.login, name="account_login"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("stangt/", views.account_inactive, name="account_inactive"),
    path("nytt-konto/", views.signup, name="account_signup"),
    path("bekrafta/", views.reauthenticate, name="account_reauthenticate"),
    path("losenord/", views.password_change, name="account_change_password"),
    # Where who has none, as in the demonstration, is sent by the one above.
    path("losenord/forsta/", views.password_set, name="account_set_password"),
    path("glomt/", views.password_reset, name="account_reset_password"),
    path(
        "glomt/skickat/", views.password_reset_done, name="account_reset_password_done"
    ),
    path(
        "nytt-losenord/klart/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(KEY, views.password_reset_from_key, name="account_reset_password_from_key"),
    path("tva-steg/", include("allauth.mfa.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("inbjudan/<str:token>/", people.accept, name="accept"),
    path("exempel/<int:pk>/", signin.demo, name="demo_signin"),
]
