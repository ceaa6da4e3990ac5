"""The "Subscribers" menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from ..permissions import may_see_subscribers
from ..views import bringing, desk


class SubscribersMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_subscribers(request.user)


class SubscribersViewSet(ViewSet):  # type: ignore[misc]
    """Who is on the list."""

    name = "subscribers"
    icon = "mail"
    menu_label = "Subscribers"
    menu_name = "subscribers"
    menu_order = 220
    menu_item_class = SubscribersMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern | Any]:
        return [
            path("", desk.IndexView.as_view(), name="index"),
            path("find/", desk.FindView.as_view(), name="find"),
            path("let-back/", desk.LetBackView.as_view(), name="let_back"),
            path("export/", desk.ExportView.as_view(), name="export"),
            path("bring/", bringing.BringView.as_view(), name="bring"),
            path("bring/<int:pk>/", bringing.LookView.as_view(), name="look"),
            path("<int:pk>/", desk.OneView.as_view(), name="one"),
            path("<int:pk>/take-off/", desk.TakeOffView.as_view(), name="take_off"),
            path("<int:pk>/erase/", desk.EraseView.as_view(), name="erase"),
        ]
