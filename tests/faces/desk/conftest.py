"""The known people signed in at the desk."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from bihuan.spine.accounts.models import User
from tests.spine.cases.known import World, make_world

SignIn = Callable[[User], Client]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def sign_in(db: None) -> SignIn:
    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        session = client.session
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        return client

    return sign_in
