"""The forms of pictures."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .pictures import DAMAGED


class PictureField(WagtailImageField):  # type: ignore[misc]
    """Wagtail decodes a file to learn its sides, and one that is cut short would be an error of the site."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # Pillow raises many kinds of error for what it can't decode
            raise ValidationError(DAMAGED) from error


class PictureForm(BaseImageForm):  # type: ignore[misc]
    """Wagtail's form of pictures, with a field that refuses damaged files in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            old = self.fields["file"]
            self.fields["file"] = PictureField(required=old.required, label=old.label, widget=old.widget)
