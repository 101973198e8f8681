"""A catalogue is taken only from the hub that is trusted, unchanged, and never an older one."""

from dataclasses import replace

import pytest
from msgspec import json

from pluginnovation.knowledge.signing import (
    MOST_BYTES,
    next_catalogue,
    opened,
    public_key_of,
    reopened,
    signed,
    without_numbers_unsure,
)
from pluginnovation.records.refusals import Refusal
from tests.unit.knowledge.made_up import AT, KEY, METHODS, MORNING, OTHER_KEY, catalogue_of

TRUSTED = public_key_of(KEY)
FILE = signed(catalogue_of(version=3), KEY)
HAS = opened(FILE, trusted=TRUSTED)


def refusal_of(raw, trusted=TRUSTED, has=None):
    with pytest.raises(Refusal) as caught:
        opened(raw, trusted=trusted, has=has)
    return caught.value.code


def test_what_the_hub_signed_is_what_the_node_reads():
    assert HAS.catalogue == catalogue_of(version=3)
    assert reopened(FILE) == HAS
    assert HAS.catalogue.find("morgonstart") == MORNING
    assert [method.key for method in HAS.catalogue.current] == ["morgonstart", "trygga-raster", "studiecoach"]


def test_every_changed_byte_of_the_catalogue_is_noticed():
    start = FILE.index(b"\n") + 1
    for place in range(start, len(FILE) - 1, 97):
        changed = FILE[:place] + bytes([FILE[place] ^ 1]) + FILE[place + 1 :]
        assert refusal_of(changed) == "catalogue_forged"


def test_a_catalogue_signed_with_another_key_is_refused_even_if_it_names_its_own_key():
    assert refusal_of(signed(catalogue_of(version=9), OTHER_KEY)) == "catalogue_forged"


def test_an_older_catalogue_is_refused_and_so_is_another_with_the_same_number():
    assert refusal_of(signed(catalogue_of(version=2), KEY), has=HAS) == "catalogue_older"
    assert refusal_of(signed(catalogue_of(MORNING, version=3), KEY), has=HAS) == "catalogue_older"
    assert opened(FILE, trusted=TRUSTED, has=HAS) == HAS
    assert opened(signed(catalogue_of(MORNING, version=4), KEY), trusted=TRUSTED, has=HAS).catalogue.version == 4


@pytest.mark.parametrize(
    ("raw", "trusted", "code"),
    [
        (FILE, "", "no_hub_key"),
        (FILE, "inte en nyckel", "catalogue_unreadable"),
        (b"", TRUSTED, "catalogue_unreadable"),
        (b"<html>", TRUSTED, "catalogue_unreadable"),
        (FILE.replace(b"plug-methods", b"plug-recipes"), TRUSTED, "catalogue_unreadable"),
        (b"x" * (MOST_BYTES + 1), TRUSTED, "catalogue_too_large"),
    ],
)
def test_what_is_no_catalogue_is_refused_with_what_to_do(raw, trusted, code):
    assert refusal_of(raw, trusted=trusted) == code


@pytest.mark.parametrize(
    "wrong",
    [
        replace(MORNING, key="../elever"),
        replace(MORNING, key="Morgonstart"),
        replace(MORNING, path="//annan.example/"),
        replace(MORNING, path="javascript:alert(1)"),
        replace(MORNING, external_locks=6),
        replace(MORNING, local=(replace(MORNING.local[0], locks=0),)),
    ],
)
def test_a_hub_publishes_no_key_or_path_or_number_that_a_node_would_refuse(wrong):
    with pytest.raises(Refusal) as caught:
        signed(catalogue_of(wrong), KEY)
    assert caught.value.code == "catalogue_unreadable"


def test_two_methods_with_one_key_are_refused():
    with pytest.raises(Refusal):
        signed(catalogue_of(MORNING, MORNING), KEY)


def test_a_catalogue_for_a_newer_program_says_so():
    raw = (
        json.encode(catalogue_of()).replace(b'"format":1', b'"format":2').replace(b'"key":"morgonstart"', b'"nyckel":1')
    )
    newer = signed_raw(raw)
    assert refusal_of(newer) == "catalogue_format"
    assert refusal_of(signed_raw(b'{"format":"x"}')) == "catalogue_unreadable"


def signed_raw(body: bytes) -> bytes:
    """Any bytes, signed by the trusted key."""
    import base64

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signature = base64.b64encode(Ed25519PrivateKey.from_private_bytes(KEY).sign(body))
    return b'{"kind":"plug-methods","key":"","signature":"' + signature + b'"}\n' + body + b"\n"


def test_the_version_counts_upwards_only_when_something_differs():
    first = next_catalogue("hubben", METHODS, at=AT, earlier=None)
    assert first.version == 1
    assert next_catalogue("hubben", METHODS[::-1], at=AT, earlier=first) == first
    changed = next_catalogue("hubben", (replace(MORNING, cost_low=9), *METHODS[1:]), at=AT, earlier=first)
    assert changed.version == 2


def test_a_result_without_certainty_loses_its_numbers_before_it_travels():
    unsure = replace(MORNING, local=(replace(MORNING.local[0], locks=0), MORNING.local[0]))
    bare, kept = without_numbers_unsure(unsure).local
    assert (bare.estimate, bare.low, bare.next_high, bare.nulls) == (None, None, None, 1)
    assert kept == MORNING.local[0]
