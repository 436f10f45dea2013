"""The addresses of exemptions."""

from django.urls import path

from uppsikt.governance import exempting_views as views

urlpatterns = [
    path("undantag/", views.index, name="exemptions"),
    path("undantag/ny/<int:node>/<str:control>/", views.ask, name="exemption-ask"),
    path("undantag/<int:pk>/", views.show, name="exemption"),
    path("undantag/<int:pk>/bevilja/", views.grant, name="exemption-grant"),
    path("undantag/<int:pk>/avsla/", views.refuse, name="exemption-refuse"),
    path("undantag/<int:pk>/avsluta/", views.end, name="exemption-end"),
]
