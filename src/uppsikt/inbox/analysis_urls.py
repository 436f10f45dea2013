"""The addresses of the analysis and its rules."""

from django.urls import path

from uppsikt.inbox import analysis_views

urlpatterns = [
    path("analys/", analysis_views.rules, name="signal-rules"),
    path("analys/<int:pk>/", analysis_views.rule, name="signal-rule"),
    path("analys/<int:pk>/visa/", analysis_views.show, name="signal-show"),
    path("analys/<int:pk>/tysta/", analysis_views.silence, name="signal-silence"),
    path("analys/signal/<int:pk>/", analysis_views.dismiss, name="signal-dismiss"),
    path("analys/angra/<int:pk>/", analysis_views.take_back, name="signal-take-back"),
]
