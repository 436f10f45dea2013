"""The addresses of My day and compliance."""

from django.urls import path

from uppsikt.duties import closing_views, review_views, views

urlpatterns = [
    path("", views.my_day, name="home"),
    path("efterlevnad/", views.compliance, name="compliance"),
    path("oversyn/", review_views.index, name="channel-reviews"),
    path("kanal/<int:pk>/oversyn/", review_views.review, name="channel-review"),
    path(
        "kanal/<int:pk>/oversyn/mening/",
        review_views.give_view,
        name="channel-review-view",
    ),
    path(
        "kanal/<int:pk>/oversyn/senaste-inlagg/",
        review_views.last_post,
        name="channel-last-post",
    ),
    path(
        "kanal/<int:pk>/oversyn/behall/",
        review_views.keep_silent,
        name="channel-keep-silent",
    ),
    path("kanal/<int:pk>/avsluta-plan/", closing_views.show, name="closing"),
    path("kanal/<int:pk>/avsluta-plan/plan/", closing_views.plan, name="closing-plan"),
    path(
        "kanal/<int:pk>/avsluta-plan/klart/",
        closing_views.check_off,
        name="closing-done",
    ),
    path(
        "kanal/<int:pk>/avsluta-plan/mening/",
        closing_views.consult,
        name="closing-consult",
    ),
    path(
        "kanal/<int:pk>/avsluta-plan/avsked/",
        closing_views.send_farewell,
        name="closing-farewell",
    ),
    path(
        "kanal/<int:pk>/avsluta-plan/publicerat/",
        closing_views.posted,
        name="closing-posted",
    ),
    path(
        "kanal/<int:pk>/avsluta-plan/bild/",
        closing_views.picture,
        name="closing-picture",
    ),
    path(
        "kanal/<int:pk>/avsluta-plan/bild/fil/",
        closing_views.picture_file,
        name="closing-picture-file",
    ),
]
