"""The people who sign in. Somebody is known by an e-mail address; there is no username."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Makes users by address; addresses are kept in lower case, so one person is one row."""

    use_in_migrations = True

    def _make(self, email: str, password: str | None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may sign in; without a password, only by a link or a code."""
        return self._make(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator."""
        return self._make(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Sign-in finds the address in any mixture of capitals."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractUser):
    """A person with an address of their own."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        "e-mail address", unique=True, error_messages={"unique": "Somebody already has this e-mail address."}
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_ci_unique")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()
