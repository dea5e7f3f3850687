import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import APIToken

from .enums import TokenScope
from .querysets import TokenTermsQuerySet


class UserManager(BaseUserManager["User"]):
    """Makes users that are known by their e-mail address."""

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a user. Raises ValueError without an address; no password means none that can be used."""
        if not email:
            message = "A user needs an e-mail address."
            raise ValueError(message)
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a user who may do everything."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person's account. Sign-in is by e-mail address; `uuid` is the only id that leaves the server."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    preferred_language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined at"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def get_short_name(self) -> str:
        return self.first_name or self.email.partition("@")[0]


def default_expiry() -> datetime:
    """Return until when a token is good for which nobody has said it."""
    return timezone.now() + timedelta(days=settings.API_TOKEN_DAYS)


class TokenTerms(models.Model):
    """What one of Wagtail's tokens may do here, and until when. `uuid` is the only id that leaves the server.

    Every token has them, whichever door it was made at; one without is not accepted.
    """

    token = models.OneToOneField(APIToken, on_delete=models.CASCADE, related_name="terms", verbose_name=_("token"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scope = models.CharField(_("scope"), max_length=10, choices=TokenScope, default=TokenScope.WRITE)
    expires_at = models.DateTimeField(_("expires at"), default=default_expiry)

    objects = TokenTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of a token")
        verbose_name_plural = _("terms of tokens")

    def __str__(self) -> str:
        return f"{self.token} {self.scope}"
