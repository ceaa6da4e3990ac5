"""Wagtail's own list of users, without passwords."""

from typing import Any

from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .forms import NewPersonForm, PersonForm


class UserViewSet(WagtailUserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return PersonForm if for_update else NewPersonForm
