from django.urls import path, re_path

from . import views

urlpatterns = [
    # As people write a number: no zero in front, and no more digits than a column holds.
    re_path(r"^(?P<number>[1-9][0-9]{0,8})/?$", views.short_address, name="short_address"),
    path("slides/<int:pk>/", views.slides, name="slides"),
]
