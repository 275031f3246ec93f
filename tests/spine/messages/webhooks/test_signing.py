"""Signatures against the vector that the libraries of Standard Webhooks publish."""

import base64

from bihuan.spine.messages.webhooks.signing import PREFIX, headers_of, is_signed, new_secret, sign

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'


def test_the_published_vector_comes_out() -> None:
    assert sign(SECRET, ID, AT, BODY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_any_secret_in_force_may_prove_it() -> None:
    old, new = new_secret(), new_secret()
    headers = headers_of([new, old], ID, AT, BODY)
    assert is_signed(old, headers, BODY) and is_signed(new, headers, BODY)
    assert len(headers["webhook-signature"].split()) == 2


def test_another_body_id_time_or_secret_proves_nothing() -> None:
    headers = headers_of([SECRET], ID, AT, BODY)
    changed = [
        headers | {"webhook-id": "msg_x"},
        headers | {"webhook-timestamp": "1"},
        {},
        headers | {"webhook-timestamp": "x"},
    ]
    assert not is_signed(SECRET, headers, BODY + b" ")
    assert not any(is_signed(SECRET, one, BODY) for one in changed)
    assert not is_signed(new_secret(), headers, BODY)


def test_a_secret_is_as_long_as_the_specification_wants() -> None:
    secret = new_secret()
    assert secret.startswith(PREFIX) and 24 <= len(base64.b64decode(secret.removeprefix(PREFIX))) <= 64
    assert secret != new_secret()
