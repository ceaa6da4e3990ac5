"""The archive in Wagtail's admin."""

from wagtail import hooks

from .viewsets import LinksViewSet


@hooks.register("register_admin_viewset")
def links_register() -> LinksViewSet:
    return LinksViewSet()
