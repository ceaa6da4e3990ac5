from django.apps import AppConfig


class SpeakersConfig(AppConfig):
    name = "speakers"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from .models import Contribution
        from .permissions import ContributionPermissionPolicy

        register_permission_policy(Contribution, ContributionPermissionPolicy(Contribution))
