"""What mails are built from: tables, because Outlook lays out nothing else."""

from typing import Any

from django import template

register = template.Library()
BITS = 8


@register.inclusion_tag("mailing/email/byte.html")
def mail_byte(number: int, *, columns: int = BITS) -> dict[str, Any]:
    """A number in eight bits, or as many rows of eight as it needs. Put the number beside it as text."""
    width = max(BITS, -(-int(number).bit_length() // BITS) * BITS)
    bits = [bit == "1" for bit in f"{int(number):0{width}b}"]
    rows = [bits[first : first + columns] for first in range(0, width, columns)]
    return {"rows": rows, "large": columns == BITS}


@register.inclusion_tag("mailing/email/button.html")
def mail_button(url: str, label: str) -> dict[str, str]:
    """The one main thing to do. Its address stands in the text part too."""
    return {"url": url, "label": label}
