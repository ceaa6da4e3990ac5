"""Mails as files in a folder, one each, for a laptop that has no mail server. Mail programs open them."""

import re
from pathlib import Path
from typing import Any

from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.utils import timezone

NOT_IN_A_NAME = re.compile(r"[^\w-]+")


class EmailBackend(FileBackend):
    """As Django's, which writes what one connection sends into one file."""

    def send_messages(self, email_messages: Any) -> int:
        for message in email_messages:
            subject = NOT_IN_A_NAME.sub("-", message.subject)[:60].strip("-").lower()
            name = f"{timezone.localtime():%Y-%m-%d-%H%M%S-%f}-{subject}.eml"
            Path(self.file_path, name).write_bytes(message.message().as_bytes())
        return len(email_messages)

    def open(self) -> bool:
        """There is nothing to keep open."""
        return False
