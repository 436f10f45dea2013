"""The addresses of standard answers."""

from django.urls import path

from uppsikt.inbox import module_views as views

urlpatterns = [
    path("standardsvar/", views.index, name="modules"),
    path("standardsvar/nytt/", views.new, name="module-new"),
    path("standardsvar/utdrag.<slug:ending>", views.file, name="modules-file"),
    path("standardsvar/<int:pk>/", views.show, name="module"),
    path("standardsvar/<int:pk>/ny-version/", views.follow, name="module-follow"),
    path("standardsvar/<int:pk>/<slug:name>/", views.act, name="module-act"),
    path("inkorg/<int:pk>/standardsvar/<slug:box>/", views.insert, name="item-insert"),
]
