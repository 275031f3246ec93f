"""WeChat's signature and encryption, against the vectors of wechatpy's own tests."""

import pytest

from bihuan.spine.messages.wechat.sealing import Forged, check, seal, signature, unseal

TOKEN, KEY, ACCOUNT = "123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a"
ECHO = "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q=="
SEALED = (
    "RgqEoJj5A4EMYlLvWO1F86ioRjZfaex/gePD0gOXTxpsq5Yj4GNglrBb8I2BAJVODGajiFnXBu7mCPatfjsu6IHCrsTyeDXzF6Bv283dGymzxh6y"
    "dJRvZsryDyZbLTE7rhnus50qGPMfp2wASFlzEgMW9z1ef/RD8XzaFYgm7iTdaXpXaG4+BiYyolBug/gYNx410cvkKR2/nPwBiT+P4hIiOAQqGp/T"
    "ywZBtDh1yCF2KOd0gpiMZ5jSw3e29mTvmUHzkVQiMS6td7vXUaWOMZnYZlF3So2SjHnwh4jYFxdgpkHHqIrH/54SNdshoQgWYEvccTKe7FS709/5"
    "t6NMxuGhcUGAPOQipvWTT4dShyqio7mlsl5noTrb++x6En749zCpQVhDpbV6GDnTbcX2e8K9QaNWHp91eBdCRxthuL0="
)


def test_published_signatures_come_out() -> None:
    assert signature(TOKEN, "1411443780", "437374425", ECHO) == "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96"
    assert signature(TOKEN, "1411525903", "461056294", SEALED) == "74d92dfeb87ba7c714f89d98870ae5eb62dff26d"


def test_the_published_message_is_opened() -> None:
    assert b"<Content><![CDATA[test]]></Content>" in unseal(KEY, ACCOUNT, SEALED)


def test_what_was_sealed_is_opened_again_and_looks_like_noise() -> None:
    assert unseal(KEY, ACCOUNT, seal(KEY, ACCOUNT, "停电".encode())) == "停电".encode()
    assert seal(KEY, ACCOUNT, b"x") != seal(KEY, ACCOUNT, b"x")
    assert seal(KEY, ACCOUNT, b"x", b"1" * 16) == seal(KEY, ACCOUNT, b"x", b"1" * 16)


@pytest.mark.parametrize("sealed", ["", "AAAA", "not base64!", SEALED[:-24], "A" * 64])
def test_what_was_altered_is_refused(sealed: str) -> None:
    with pytest.raises(Forged):
        unseal(KEY, ACCOUNT, sealed)


def test_another_account_and_a_wrong_signature_are_refused() -> None:
    with pytest.raises(Forged):
        unseal(KEY, "wx0", SEALED)
    with pytest.raises(Forged):
        check("0" * 40, TOKEN, "1", "2")
