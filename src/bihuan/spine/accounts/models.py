"""Who works here: agencies in a tree, roles as lists of permissions, staff accounts, tokens for machines."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Erase, Retention, kept
from bihuan.spine.accounts.named import NAMED, Named, in_language
from bihuan.spine.accounts.permissions import Permission


class Agency(Named):
    """An office that owns Cases. ``path`` holds the codes from the root down, each between slashes."""

    code = models.SlugField(max_length=40, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400, db_index=True)
    is_active = models.BooleanField(default=True)

    RETENTION: ClassVar[Retention] = kept("id", "code", "parent", "path", "is_active", *NAMED)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering: ClassVar[list[str]] = ["path"]

    def place_under_parent(self) -> None:
        """Set ``path`` from the parent's; call before saving a new or moved agency."""
        self.path = f"{self.parent.path if self.parent else '/'}{self.code}/"


class Role(Named):
    """A named list of permissions with a description for the person who gives it."""

    code = models.SlugField(max_length=40, unique=True)
    about_zh = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    permissions = models.JSONField(default=list)

    RETENTION: ClassVar[Retention] = kept("id", "code", "about_zh", "about_en", "permissions", *NAMED)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    @property
    def about(self) -> str:
        return in_language(self.about_zh, self.about_en)


class User(AbstractUser):
    """A member of staff. Askers need no account."""

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="staff")
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="holders")
    display_name = models.CharField(max_length=60, blank=True)

    AGED_FROM: ClassVar[str] = "last_login"
    RETENTION: ClassVar[Retention] = kept(
        "id", "password", "last_login", "is_superuser", "username", "is_staff", "is_active", "date_joined",
        "agency", "role", "groups", "user_permissions",
    ) | kept("display_name", why="the audit names the officer who acted") | {
        "first_name": Erase(days=365),
        "last_name": Erase(days=365),
        "email": Erase(days=365),
    }  # fmt: skip

    def __str__(self) -> str:
        return self.display_name or self.username

    def may(self, permission: Permission) -> bool:
        """Say whether this person's role allows it; a closed account may do nothing."""
        if not self.is_active:
            return False
        return self.is_superuser or (self.role is not None and permission.value in self.role.permissions)


class Token(models.Model):
    """A bearer token for a program that acts for a member of staff; only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "user", "name", "digest", "created_at", "expires_at", "revoked_at"
    )
