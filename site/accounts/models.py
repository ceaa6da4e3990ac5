"""The people who sign in. Somebody is known by an e-mail address; there is no username and no password."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse

from .addresses import settle_address


class UserManager(BaseUserManager["User"]):
    """Makes users by address; addresses are kept in lower case, so one person is one row."""

    use_in_migrations = True

    @transaction.atomic
    def _make(self, email: str, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        settle_address(user=user)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may sign in, by a code or a link. A password is taken, as Django hands one on, and dropped."""
        return self._make(email, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator."""
        return self._make(email, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Sign-in finds the address in any mixture of capitals."""
        return self.get(email=(username or "").strip().lower())

    def who_may_sign_in(self, email: str) -> "User | None":
        """Whoever has this address and isn't switched off. One query, found or not."""
        return self.filter(email=email.strip().lower(), is_active=True).first()


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

    def check_password(self, raw_password: str | None) -> bool:
        """No password is ever right, whatever stands in the column: sessions are signed with it, nothing else."""
        return False

    def has_usable_password(self) -> bool:
        return False


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def usable(self, *, at: dt.datetime) -> "SignInLinkQuerySet":
        """Those that still sign somebody in at a moment."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=at, user__is_active=True)

    def find(self, token: str) -> "SignInLink | None":
        """The link that an address on our site stands for; None where it was not made by us."""
        try:
            uid = uuid.UUID(SignInLink.signer().unsign(token))
        except (BadSignature, ValueError):
            return None
        return self.select_related("user").filter(uid=uid).first()


class SignInLink(models.Model):
    """A way in that was sent to one person, works once, and leads to one place."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_in_links")
    purpose = models.CharField(max_length=60, help_text="What it is for, such as “invitation:12”.")
    leads_to = models.CharField(max_length=300, help_text="A path of this site.")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SignInLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=("user", "purpose"), name="accounts_links_by_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose}, until {self.expires_at:%Y-%m-%d}"

    @staticmethod
    def signer() -> Signer:
        return Signer(salt="accounts.sign_in_link", sep=".")

    @property
    def token(self) -> str:
        """What stands in the address: the row's number, signed."""
        return self.signer().sign(self.uid.hex)

    @property
    def url(self) -> str:
        """The whole address, as a mail needs it."""
        return settings.SITE_URL + reverse("sign_in_link", args=[self.token])

    def is_usable(self, *, at: dt.datetime) -> bool:
        return type(self).objects.usable(at=at).filter(pk=self.pk).exists()

    @property
    def can_be_renewed(self) -> bool:
        """Whether a fresh one may be sent to the same person: not once it was withdrawn or they are switched off."""
        return self.withdrawn_at is None and self.user.is_active
