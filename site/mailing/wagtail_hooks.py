"""What the list hangs into Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from .viewsets.subscribers import SubscribersViewSet


@hooks.register("register_admin_viewset")
def subscribers_menu() -> SubscribersViewSet:
    return SubscribersViewSet()


@hooks.register("register_permissions")
def offer_seeing_subscribers() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="mailing", codename="see_subscribers")
