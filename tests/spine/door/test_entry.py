"""Decoding: types, not meaning."""

import json

import pytest

from bihuan.spine.door.entry import LENGTHS, Sound, read_fields, read_json
from bihuan.spine.door.faults import Unfit

pytestmark = pytest.mark.once


def faults_of(body: bytes) -> set[tuple[str, str]]:
    with pytest.raises(Unfit) as caught:
        read_json(body)
    return {(fault.field, fault.code) for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", ("body", "json")),
        (b"{", ("body", "json")),
        (b'{"client_id": "a"} {}', ("body", "json")),
        (b'{"client_id": "a", "lon": NaN}', ("body", "json")),
        (b'{"client_id": "\\ud800"}', ("body", "json")),
        (b'{"client_id": "\xff"}', ("body", "utf8")),
        (b"[1]", ("body", "object")),
        (b'"text"', ("body", "object")),
        (b"[" * 30_000 + b"]" * 30_000, ("body", "object")),
        (b'{"client_id": "a", "text": ' + b"[" * 30_000 + b"]" * 30_000 + b"}", ("body", "deep")),
        (b'{"client_id": 1}', ("client_id", "type")),
        (b'{"text": "a"}', ("client_id", "required")),
        (b'{"client_id": null}', ("client_id", "type")),
        (b'{"client_id": "a", "lon": 1e999}', ("lon", "type")),
        (b'{"client_id": "a", "lon": "1"}', ("lon", "type")),
        (b'{"client_id": "a", "lon": true}', ("lon", "type")),
        (b'{"client_id": "a", "answers": []}', ("answers", "type")),
        (b'{"client_id": "a", "answers": {"a": {"b": 1}}}', ("answers", "type")),
        (b'{"client_id": "a", "answers": {"a": [1]}}', ("answers", "type")),
        (b'{"client_id": "a", "colour": "red"}', ("colour", "unknown")),
    ],
)
def test_a_body_that_cannot_be_read_names_the_field(body: bytes, fault: tuple[str, str]) -> None:
    assert faults_of(body) == {fault}


def test_every_field_at_fault_is_named_at_once() -> None:
    body = b'{"client_id": "a", "text": 1, "lat": "x", "colour": "red"}'
    assert faults_of(body) == {("text", "type"), ("lat", "type"), ("colour", "unknown")}


def test_null_is_the_same_as_left_out() -> None:
    nulls = dict.fromkeys([*LENGTHS, "lon", "lat", "answers"]) | {"client_id": "a"}
    assert read_json(json.dumps(nulls).encode()) == read_json(b'{"client_id": "a"}')


def test_a_common_body_is_seen_to_be_sound_by_the_decoder() -> None:
    assert isinstance(read_json('{"client_id": "a", "text": "药"}'.encode()), Sound)


@pytest.mark.parametrize("name", LENGTHS)
def test_a_text_that_is_too_long_is_left_to_the_check(name: str) -> None:
    body = {"client_id": "a"} | {name: "x" * (LENGTHS[name] + 1)}
    assert not isinstance(read_json(json.dumps(body).encode()), Sound)


def test_a_nul_is_left_to_the_check() -> None:
    assert not isinstance(read_json(b'{"client_id": "a", "text": "\\u0000"}'), Sound)


def test_fields_of_a_form_become_the_same_entry_as_json() -> None:
    fields = {"client_id": "a", "lon": 1.5, "answers": {"k": ["x"]}}
    entry = read_fields(fields)
    sound = read_json(json.dumps(fields).encode())
    assert (entry.client_id, entry.lon, entry.answers) == (sound.client_id, sound.lon, sound.answers)


def test_a_value_of_a_strange_type_is_a_wrong_type() -> None:
    with pytest.raises(Unfit) as caught:
        read_fields({"client_id": "a", "text": object()})
    assert caught.value.field == "text"
