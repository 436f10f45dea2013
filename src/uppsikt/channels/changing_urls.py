"""The addresses of changes that wait to be published."""

from django.urls import path

from uppsikt.channels import changing_views as views

urlpatterns = [
    path("kortandringar/", views.index, name="card-changes"),
    path("kortandringar/<int:pk>/publicera/", views.publish, name="card-publish"),
    path("kortandringar/<int:pk>/avsla/", views.refuse, name="card-refuse"),
    path("kortandringar/<int:pk>/aterkalla/", views.recall, name="card-recall"),
]
