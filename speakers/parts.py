"""A form of the portal as its fields and lists: what each began from, what was typed, what was refused."""

from collections.abc import Mapping
from typing import Any

from .fields import Field, Refused, RowList


class Parts:
    """Whoever has `fields` and `lists` by name."""

    fields: dict[str, Field]
    lists: dict[str, RowList]

    @property
    def values(self) -> dict[str, str]:
        return {name: part.value for name, part in self.parts.items()}

    @property
    def parts(self) -> dict[str, Field | RowList]:
        """Every part of the form that is saved as one value."""
        return {**self.fields, **self.lists}

    def lay_over(self, values: Mapping[str, str]) -> None:
        """Show other values than the draft's; what is no longer part of the form is passed by."""
        for name, value in values.items():
            if (part := self.parts.get(name)) is not None:
                part.value = value

    @property
    def base(self) -> str:
        """For the form: what each of its fields began from."""
        return " ".join(f"{name}:{part.digest}" for name, part in self.parts.items())

    @property
    def errors(self) -> dict[str, str]:
        found = {name: part.error for name, part in self.fields.items() if part.error}
        for rows in self.lists.values():
            found |= {name or rows.name: words for name, words in rows.errors.items()}
        return found

    def read(self, typed: Mapping[str, str], *, lists: Any = ()) -> dict[str, str]:
        """What was typed, as it would be kept. What a field refuses isn't in it, and stands in `errors`."""
        values: dict[str, str] = {}
        for name, text in typed.items():
            if (part := self.fields.get(name)) is not None:
                try:
                    values[name] = part.read(text)
                except Refused as why:
                    part.refuse(text, why)
        for rows in (self.lists[name] for name in lists if name in self.lists):
            collected = rows.collect(typed)
            try:
                values[rows.name] = rows.read(collected)
            except Refused as why:
                rows.refuse(collected, why)
        return values
