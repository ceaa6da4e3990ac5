"""The roles: administrator (superuser), organiser, moderator, speaker (nobody in the admin).

A role is a group whose permissions this module owns. Names stand as text, so that accounts imports nobody above it.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

ORGANISERS = "Organisers"
MODERATORS = "Moderators"

_EDIT = ("add", "change", "delete", "view")
_LOOK = ("view",)
_NOUNS = {
    "speakers": ("speaker", "organisation", "standardquestion"),
    "events": ("host", "venue", "topic", "audiencequestion"),
}
_EXTRA = {
    ORGANISERS: (
        ("wagtailadmin", "access_admin"),
        ("speakers", "change_contribution"),
        ("speakers", "view_contribution"),
        ("speakers", "publish_contribution"),
        ("speakers", "publish_speaker"),
        ("events", "organise_evening"),
        ("mailing", "see_subscribers"),
        ("mailing", "see_outbox"),
        ("pages", "change_sitesettings"),
        ("wagtailredirects", "add_redirect"),
        ("wagtailredirects", "change_redirect"),
        ("wagtailredirects", "delete_redirect"),
    ),
    MODERATORS: (
        ("wagtailadmin", "access_admin"),
        ("speakers", "view_contribution"),
    ),
}
_PAGES = {
    ORGANISERS: ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    MODERATORS: ("change_page", "publish_page", "lock_page", "unlock_page"),
}
_FILES = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
    "wagtailmedia": ("add_media", "change_media", "delete_media"),
}


def _permissions(role: str) -> Q:
    wanted = Q(pk__in=[])
    for app, codename in _EXTRA[role]:
        wanted |= Q(content_type__app_label=app, codename=codename)
    verbs = _EDIT if role == ORGANISERS else _LOOK
    for app, nouns in _NOUNS.items():
        wanted |= Q(content_type__app_label=app, codename__in=[f"{verb}_{noun}" for verb in verbs for noun in nouns])
    return wanted


def ensure_roles() -> None:
    """Make both groups and give them what their role may do. Safe to call at any time; takes nothing away."""
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    root = Page.get_first_root_node()
    collection = Collection.get_first_root_node()
    for role in (ORGANISERS, MODERATORS):
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(*Permission.objects.filter(_permissions(role)))
        if root is not None:
            for permission in Permission.objects.filter(
                content_type__app_label="wagtailcore", codename__in=_PAGES[role]
            ):
                GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        if collection is not None and role == ORGANISERS:
            for app, codenames in _FILES.items():
                for permission in Permission.objects.filter(content_type__app_label=app, codename__in=codenames):
                    GroupCollectionPermission.objects.get_or_create(
                        group=group, collection=collection, permission=permission
                    )


def ensure_roles_after_migrate(sender: Any, **kwargs: Any) -> None:
    """Run once, after the last app that has permissions has made them; not halfway through a migration."""
    if kwargs.get("plan") and any(backwards for _, backwards in kwargs["plan"]):
        return
    # Django tells only apps with models, and the last of the list may have none.
    if sender.name == [config.name for config in apps.get_app_configs() if config.models_module][-1]:
        ensure_roles()
