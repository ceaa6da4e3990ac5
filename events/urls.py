from django.urls import path, re_path

from . import sent, views

urlpatterns = [
    re_path(r"^(?P<number>[0-9]+)/?$", views.short_address, name="short_address"),
    re_path(
        r"^(?P<series>[-\w]+)/(?P<number>[1-9][0-9]{0,8})/mail/(?P<name>[a-z]+(?:-[a-z0-9]+)*)/$",
        sent.sent_mail,
        name="sent_mail",
    ),
    path("slides/<int:pk>/", views.slides, name="slides"),
]
