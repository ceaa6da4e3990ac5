"""How to sign in to the demo."""

from .reading import read_content


def lines() -> str:
    """One line for each person who uses the admin: role, address, password."""
    people = read_content().site["people"]
    rows = [row for row in people["accounts"] if row["role"] != "Speaker"]
    return "\n".join(f"{row['role']:<14} {row['email']:<24} {people['password']}" for row in rows)
