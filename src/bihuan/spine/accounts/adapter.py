"""What allauth and axes ask about accounts: nobody signs up, secrets are sealed, where a request is from."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.helpers import get_cool_off
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.kernel import private


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by an administrator."""

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return ""  # a local socket has no address; then a name is locked for everybody

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing here: axes counts wrong passwords, in the database and so for all processes."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave it to axes, which heard of it from Django."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The secrets of second factors are sealed like personal data."""

    def encrypt(self, text: str) -> str:
        return b64encode(private.seal(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return private.unseal(b64decode(encrypted_text))


def client_ip(request: HttpRequest) -> str | None:
    """Return the address a request came from, past as many proxies as are ours (``BIHUAN_PROXIES``)."""
    return get_adapter(request).get_client_ip(request) or None


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """Say that a name is locked after too many wrong passwords, and for how long."""
    minutes = round(get_cool_off(request).total_seconds() / 60)
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)
