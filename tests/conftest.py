"""Options and fixtures of the whole suite."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest --bless`` rewrites golden files instead of comparing with them."""
    parser.addoption("--bless", action="store_true", help="tulis ulang berkas pembanding")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """``@pytest.mark.alat(PROGRAM)``: in CI a missing program is a failure, never a silent skip."""
    for tanda in item.iter_markers("alat"):
        for program in tanda.args:
            if shutil.which(program):
                continue
            pesan = f"{program} tidak terpasang; `make test` memasangnya di Debian"
            if os.environ.get("CI"):
                pytest.fail(pesan, pytrace=False)
            pytest.skip(pesan)


@pytest.fixture
def bandingkan(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a golden file; with ``--bless`` writes it."""

    def periksa(berkas: Path, isi: str) -> None:
        if request.config.getoption("--bless"):
            berkas.write_bytes(isi.encode())
        assert berkas.is_file(), f"{berkas} belum ada; jalankan pytest --bless"
        assert berkas.read_bytes().decode() == isi, "berbeda; bila benar: pytest --bless"

    return periksa
