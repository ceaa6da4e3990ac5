"""Who may do what with a contribution in the admin."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class ContributionPermissionPolicy(ModelPermissionPolicy):
    """No contribution is added, copied or deleted by hand, superusers included: it comes and stays with its talk."""

    REFUSED = frozenset({"add", "delete"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.REFUSED and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return super().user_has_any_permission(user, set(actions) - self.REFUSED)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return action not in self.REFUSED and super().user_has_permission_for_instance(user, action, instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return super().user_has_any_permission_for_instance(user, set(actions) - self.REFUSED, instance)


def may_release(user: Any) -> bool:
    """Whether somebody may put a contribution before readers."""
    return bool(user.has_perm("speakers.publish_contribution"))
