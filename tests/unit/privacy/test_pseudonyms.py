"""Opaque codes, and the key that they hang on."""

import base64
import hashlib
import hmac
import os
import stat
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest

from pluginnovation.privacy.pseudonyms import KeyUnusable, Pseudonymiser, key_at, key_file, pseudonymiser
from pluginnovation.privacy.sealing import Seal, SealBroken, seal_for_held

KEY = bytes(range(32))


def test_a_code_is_the_first_sixteen_characters_of_an_hmac_in_lower_case_base32():
    whole = hmac.new(KEY, "Påhittad kommun\x1fp-1".encode(), hashlib.sha256).digest()

    assert Pseudonymiser(KEY).code("Påhittad kommun", "p-1") == base64.b32encode(whole).decode().lower()[:16]


def test_source_and_id_cannot_be_mixed_up_and_another_key_gives_other_codes():
    coder = Pseudonymiser(KEY)

    assert coder.code("a", "bc") != coder.code("ab", "c")
    assert coder.code("a", "b") != Pseudonymiser(KEY[::-1]).code("a", "b")


def test_many_codes_at_once_are_the_same_codes_and_null_stays_null():
    coder = Pseudonymiser(KEY)

    assert coder.codes("s", pl.Series(["x", None, "y"])).to_list() == [coder.code("s", "x"), None, coder.code("s", "y")]


def test_a_digest_changes_with_any_cell_and_with_the_key():
    rows = pl.DataFrame({"a": ["x", "x", None, ""], "b": ["y", None, "y", "y"]})
    digests = Pseudonymiser(KEY).digests(rows)

    assert digests.n_unique() == 4
    assert digests.to_list() == Pseudonymiser(KEY).digests(rows).to_list()
    assert digests.to_list() != Pseudonymiser(KEY[::-1]).digests(rows).to_list()


def test_the_key_is_made_once_for_its_owner_only(tmp_path):
    first = key_at(key_file(tmp_path))

    assert key_at(key_file(tmp_path)) == first
    assert stat.S_IMODE(key_file(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file(tmp_path).parent.stat().st_mode) == 0o700
    assert pseudonymiser(tmp_path).code("a", "b") == Pseudonymiser(first).code("a", "b")


def test_two_that_make_it_at_once_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: key_at(key_file(tmp_path)), range(32)))

    assert len(keys) == 1
    assert [path.name for path in key_file(tmp_path).parent.iterdir()] == ["pseudonym.key"]


def test_a_key_that_others_may_read_or_that_was_cut_is_not_used(tmp_path):
    path = key_file(tmp_path)
    key_at(path)
    path.chmod(0o644)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        key_at(path)
    path.chmod(0o600)
    path.write_bytes(b"short")
    with pytest.raises(KeyUnusable, match="backup"):
        key_at(path)
    with pytest.raises(KeyUnusable):
        Pseudonymiser(b"short")


def test_what_is_sealed_opens_with_the_same_key_and_nothing_else(tmp_path):
    seal = seal_for_held(tmp_path)
    sealed = seal.close(b"Mira Ek")

    assert b"Mira" not in sealed
    assert seal_for_held(tmp_path).open(sealed) == b"Mira Ek"
    for broken in (sealed[:-1], b"", sealed[:-1] + bytes([sealed[-1] ^ 1])):
        with pytest.raises(SealBroken):
            seal.open(broken)
    with pytest.raises(SealBroken):
        Seal(os.urandom(32)).open(sealed)
