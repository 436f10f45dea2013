"""The addresses of the register of private messages."""

from django.urls import path

from uppsikt.inbox import handing_out_views, message_views, telling_views

urlpatterns = [
    path("lamna-ut/", handing_out_views.hand_out, name="hand-out"),
    path("meddelanden/", message_views.index, name="conversations"),
    path("meddelanden/beratta/", telling_views.tell, name="message-tell"),
    path("meddelanden/bild/<int:pk>/", telling_views.picture, name="message-picture"),
    path(
        "meddelanden/<int:pk>/bedom/<slug:way>/",
        telling_views.judge,
        name="conversation-judge",
    ),
    path("meddelanden/<int:pk>/las/", telling_views.seal, name="conversation-seal"),
    path("meddelanden/<int:pk>/", message_views.show, name="conversation"),
    path(
        "meddelanden/<int:pk>/besluta/", message_views.weigh, name="conversation-weigh"
    ),
    path("meddelanden/<int:pk>/skriv-in/", message_views.add, name="conversation-add"),
    path(
        "meddelanden/beslut/<int:pk>/andra/",
        message_views.reconsider,
        name="message-reconsider",
    ),
]
