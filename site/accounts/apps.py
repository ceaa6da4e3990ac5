from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default = True

    def ready(self) -> None:
        from pages.scheduler import JOBS

        from . import checks  # noqa: F401  registers itself
        from .housekeeping import forget_ended
        from .roles import ensure_roles_after_migrate

        # Permissions are rows that each app's post_migrate makes; the roles are handed theirs after the last of them.
        post_migrate.connect(ensure_roles_after_migrate, dispatch_uid="accounts.ensure_roles")
        if forget_ended not in JOBS:
            JOBS.append(forget_ended)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's list of users, with our forms: the setting INSTALLED_APPS names this in the place of its own."""

    user_viewset = "accounts.viewsets.UserViewSet"
