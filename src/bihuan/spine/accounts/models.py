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


class Scope(models.TextChoices):
    """What a token opens, within what its holder may do anyway."""

    READ = "read", _("Read cases, queues, figures and rules")
    ACT = "act", _("Work on cases: every verb, twins, known faults, photos")
    ASK = "ask", _("Take down asks, for somebody on the telephone or by Open311")
    PRIVATE = "private", _("Read names, telephones and door numbers, giving a purpose")
    AUDIT = "afteraction", _("Look back over a period; the audit")
    MANAGE = "manage", _("Change rules, service levels, the rota, canned answers and webhooks")
    CARE = "care", _("The care list")
    PASSES = "passes", _("Vehicle passes")


class Token(models.Model):
    """A bearer token for a program that acts for a member of staff; only its digest is kept.

    It is good while its holder belongs to ``agency``. ``spent`` counts the requests of the minute ``window``
    (real minutes since 1970) that processes have been allowed to answer.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="tokens")
    name = models.CharField(max_length=60)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    window = models.BigIntegerField(default=0)
    spent = models.IntegerField(default=0)

    RETENTION: ClassVar[Retention] = kept(
        "id", "user", "agency", "name", "scopes", "digest", "created_at", "expires_at", "revoked_at", "last_used_at",
        "window", "spent",
    )  # fmt: skip

    def opens(self, scope: Scope | None) -> bool:
        """Say whether the token reaches so far; no scope is what every token opens."""
        return scope is None or scope.value in self.scopes


class Repeat(models.Model):
    """A request with an Idempotency-Key, and, once done (``status``), the answer that a repeat is given again.

    ``name`` is a digest of the key and of who sent it; ``mark`` is of whoever does it now.
    """

    name = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(max_length=64)
    mark = models.CharField(max_length=16)
    claimed_at = models.DateTimeField(db_index=True)
    status = models.SmallIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    etag = models.CharField(max_length=100, blank=True)
    body_sealed = models.BinaryField(null=True)

    AGED_FROM: ClassVar[str] = "claimed_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "name", "fingerprint", "mark", "claimed_at", "status", "content_type", "etag",
        why="digests only; the row itself is dropped after a day",
    ) | {"body_sealed": Erase(days=1)}  # fmt: skip
