"""Sealed text, and the file of keys."""

import base64
import os
import stat

import pytest

from pluginnovation.web.people.models import Person
from pluginnovation.web.people.sealed import Seal, SealBroken, _seal_of, identity_seal

KEY, OTHER = os.urandom(32), os.urandom(32)


@pytest.fixture
def seal():
    return Seal({"lookup": OTHER, "1": KEY})


@pytest.mark.parametrize("text", ["a", "åäö \x00 \U0001f41f", "x" * 10_000])
def test_what_is_sealed_opens_to_the_same(seal, text):
    assert seal.open(seal.close(text)) == text


def test_the_same_text_is_never_sealed_the_same_way_twice(seal):
    assert seal.close("mira") != seal.close("mira")
    assert "mira" not in base64.b64decode(seal.close("mira").partition(":")[2]).decode("latin-1")


def test_an_older_key_still_opens_after_a_new_one_is_added(seal):
    newer = Seal({"lookup": OTHER, "1": KEY, "2": OTHER})
    assert newer.open(seal.close("mira")) == "mira"
    assert newer.close("mira").startswith("2:")


@pytest.mark.parametrize(
    "change", [lambda s: s[:-4] + "AAA=", lambda s: "9" + s[1:], lambda s: "", lambda s: "1:", str.lower]
)
def test_what_was_altered_does_not_open_and_the_error_says_nothing_of_it(seal, change):
    with pytest.raises(SealBroken) as broken:
        seal.open(change(seal.close("Mira Åkesson")))
    assert "Mira" not in str(broken.value)


def test_a_civic_number_is_found_however_it_is_written(seal):
    assert seal.lookup("20100101-TF12") == seal.lookup("20100101tf12") != seal.lookup("20100101-TF13")
    assert Seal({"lookup": KEY, "1": KEY}).lookup("x") != seal.lookup("x")


def test_the_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path, settings):
    settings.PLUG_HOME = tmp_path
    first, path = identity_seal(), tmp_path / "keys" / "identity.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sealed = first.close("mira")
    _seal_of.cache_clear()
    assert identity_seal().open(sealed) == "mira"
    assert [p.name for p in path.parent.iterdir()] == ["identity.key"]


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", ["email", "email__icontains", "civic_no__startswith", "eppn__in", "email__gt"])
def test_sealed_fields_can_not_be_searched_by(lookup):
    with pytest.raises(Exception, match=r"(?i)unsupported lookup|lookup"):
        Person.objects.filter(**{lookup: "x"}).exists()
