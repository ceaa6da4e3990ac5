"""How Wagtail's editor saves a contribution: as a draft, and never in the rows."""

from wagtail.actions import EditAction


class EditContribution(EditAction):  # type: ignore[misc]
    """Wagtail writes the rows of what isn't live; a contribution's are written by release alone."""

    def _save_instance(self) -> None:
        if self.form:
            self.instance = self.form.save(commit=False)
