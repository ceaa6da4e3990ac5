"""Mail in Wagtail's admin: the outbox and the list, their menus, permissions, and words in the log."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .enums import MailState
from .models import Delivery, OutgoingMail
from .outbox_admin import OutboxViewSet, counted
from .outbox_door import may_see_outbox
from .viewsets.subscribers import SubscribersViewSet


@hooks.register("register_admin_viewset")
def outbox() -> OutboxViewSet:
    return OutboxViewSet()


@hooks.register("register_admin_viewset")
def subscribers_menu() -> SubscribersViewSet:
    return SubscribersViewSet()


@hooks.register("register_permissions")
def offer_seeing_subscribers() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="mailing", codename="see_subscribers")


@hooks.register("register_permissions")
def offer_outbox() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="mailing", codename="see_outbox")


class OutboxPanel(Component):  # type: ignore[misc]
    """On the admin's front page: what an organiser should know about mails, above all when something is wrong."""

    order = 60
    template_name = "mailing/admin/home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        shown = (MailState.QUEUED, MailState.SET_ASIDE, MailState.UNKNOWN)
        mails = OutgoingMail.objects
        return {
            "delivery": Delivery.now(),
            "states": [(state, counted(mails.filter(state=state))) for state in shown],
        }


@hooks.register("construct_homepage_panels")
def outbox_on_the_front_page(request: HttpRequest, panels: list[Any]) -> None:
    if may_see_outbox(request.user):
        panels.append(OutboxPanel())


@hooks.register("register_log_actions")
def log_decisions(actions: Any) -> None:
    actions.register_action("mailing.call_back", "Call a mail back", "Called back")
    actions.register_action("mailing.try_again", "Try a mail again", "Tried again")
    actions.register_action("mailing.send_again", "Send a mail again", "Sent again: it did not arrive")
