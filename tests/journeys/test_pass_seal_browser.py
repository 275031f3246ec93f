"""The browser judges a pass as the server does: the same codes, the same reasons, with its own Ed25519 and without."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.lines.passes.seal import cbor, numbers
from bihuan.lines.passes.seal.reasons import Unreadable
from bihuan.lines.passes.seal.sealing import verify
from tests.journeys.stage import HOST, set_up
from tests.lines.passes.seal.known import HALTED, KEYS, NOW, codes

pytestmark = pytest.mark.once
JUDGE = """async ({codes, keys, halted, now}) => {
  const { verify, keyId } = await import("/static/passes/seal/seal.js");
  const known = new Map();
  for (const key of keys) {
    const publicKey = Uint8Array.from(key.public);
    known.set(await keyId(publicKey), { alg: key.alg, public: publicKey, retiredAt: key.retiredAt });
  }
  const said = [];
  for (const code of codes) said.push((await verify(code, known, now, new Map(halted))).reason);
  return said;
}"""
WITHOUT_ED25519 = """() => {
  const own = crypto.subtle.importKey.bind(crypto.subtle);
  crypto.subtle.importKey = (format, key, way, ...rest) => way.name === "Ed25519"
    ? Promise.reject(new DOMException("no such thing", "NotSupportedError")) : own(format, key, way, ...rest);
}"""


@pytest.fixture
def stage(page: Any, root: Path) -> Any:
    return set_up(page, root)


def judged(stage: Any, texts: list[str]) -> list[str]:
    keys = [
        {
            "alg": key.alg,
            "public": list(key.public),
            "retiredAt": key.retired_at and key.retired_at.timestamp(),
        }
        for key in KEYS.values()
    ]
    halted = [[n, {"reason": h.reason and h.reason.value, "from": h.from_edition}] for n, h in HALTED.items()]
    return stage.evaluate(JUDGE, {"codes": texts, "keys": keys, "halted": halted, "now": NOW.timestamp()})


def assert_all_agree(stage: Any) -> None:
    tried = codes()
    said = judged(stage, [code.text for code in tried])
    assert {c.name: reason for c, reason in zip(tried, said, strict=True)} == {
        c.name: c.reason.value for c in tried
    }


def test_every_code_is_answered_as_on_the_server(stage: Any) -> None:
    assert_all_agree(stage)


def test_a_browser_without_ed25519_answers_the_same(stage: Any) -> None:
    stage.evaluate(WITHOUT_ED25519)
    assert_all_agree(stage)
    loaded = stage.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert f"{HOST}/static/vendor/noble-ed25519/index.js" in loaded


def is_read(data: bytes) -> str:
    try:
        cbor.decode(data)
    except Unreadable as error:
        return error.reason.value
    return "read"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(max_size=16), min_size=40, max_size=80))
def test_both_readers_of_cbor_say_the_same_of_any_bytes(stage: Any, many: list[bytes]) -> None:
    said = stage.evaluate(
        """async (many) => {
          const { decode, encode } = await import("/static/passes/seal/cbor.js");
          return many.map((one) => {
            try {
              const again = encode(decode(Uint8Array.from(one)));
              return again.join() === one.join() ? "read" : "written otherwise";
            } catch (error) { return error.reason || String(error); }
          });
        }""",
        [list(one) for one in many],
    )
    assert said == [is_read(one) for one in many]


near = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=40) | st.text(max_size=20)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(near | near.map(lambda text: f"BH1:{text}"), min_size=30, max_size=60))
def test_both_say_the_same_of_any_text(stage: Any, texts: list[str]) -> None:
    assert judged(stage, texts) == [verify(text, KEYS, NOW, HALTED).reason.value for text in texts]


def test_numbers_are_typed_and_printed_alike(stage: Any) -> None:
    tried = [f"{number:012}" for number in range(430200000000, 430200000040)]
    printed = stage.evaluate(
        "async (all) => { const n = await import('/static/passes/seal/numbers.js'); return all.map(n.printed); }",
        tried,
    )
    assert printed == [numbers.printed(number) for number in tried]
    wrong = [text[:-1] + str((int(text[-1]) + 1) % 10) for text in printed]
    read = stage.evaluate(
        "async (all) => { const n = await import('/static/passes/seal/numbers.js'); return all.map(n.readTyped); }",
        [*printed, *wrong],
    )
    assert read == [*tried, *[None] * len(tried)]
