"""The tables of a first start, made one model at a time, are those that Django makes by itself."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pluginnovation.web.config.postgres import places_of

ROOT = Path(__file__).parents[3]


def made(home: Path, how: str) -> list[str]:
    command = [sys.executable, "-m", "tests.web.config.tables_made", str(home), how]
    try:
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    finally:
        shutil.rmtree(places_of(home).root, ignore_errors=True)
    return done.stdout.splitlines()


@pytest.mark.slow
def test_the_first_tables_are_to_the_letter_those_that_django_makes_by_itself(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    quick = made(tmp_path / "a", "quick")
    assert len(quick) > 3000
    assert quick == made(tmp_path / "b", "ordinary")
