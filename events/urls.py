from django.urls import path, re_path

from . import views

urlpatterns = [
    re_path(r"^(?P<number>[0-9]+)/?$", views.short_address, name="short_address"),
    path("slides/<int:pk>/", views.slides, name="slides"),
    path("recordings/<int:pk>/", views.recording, name="recording"),
]
