"""Who may do what with series, evenings and talks in the admin."""

from typing import Any

from wagtail.models import PagePermissionTester

# Organisers and administrators have it; moderators edit and publish, but plan nothing and see no leftovers.
ORGANISE = "events.organise_evening"


def may_organise(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(ORGANISE))


class PlannedPagePermissionTester(PagePermissionTester):  # type: ignore[misc]
    """As Wagtail's, without Copy, superusers included: evenings and their talks come from planning alone."""

    def can_copy(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        """Whatever is live is everybody's: kept pages, feeds and the search know no password."""
        return False


class SeriesPermissionTester(PlannedPagePermissionTester):
    """Evenings stand by their dates; ordering thousands of them by hand would hold up every writer."""

    def can_reorder_children(self) -> bool:
        return False
