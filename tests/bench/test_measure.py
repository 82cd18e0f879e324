"""Measuring whole processes: what is counted, against whom, and what a failure says."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja.bench.measure import Biaya, Perintah, Sebaran, nilai, rasio, ukur
from kinerja.bench.row import MIB, Sasaran
from kinerja.domain.errors import KinerjaError


def python(folder: Path, naskah: str, **lain: object) -> Perintah:
    return Perintah((sys.executable, "-I", "-S", "-c", naskah), folder, "python", **lain)  # type: ignore[arg-type]


def biaya(cpu: int | None, dinding: int = 1) -> Biaya:
    return Biaya(cpu, dinding, None, None)


def test_commands_run_in_turn_after_one_warm_up(tmp_path: Path) -> None:
    catat = "open('urut', 'a').write({!r})"
    perintah = {n: python(tmp_path, catat.format(n)) for n in "AB"}
    assert len(ukur(perintah, 2)) == 2
    assert (tmp_path / "urut").read_text() == "ABABAB"


def test_a_long_command_is_not_warmed_up(tmp_path: Path) -> None:
    ukur({"A": python(tmp_path, "open('urut', 'a').write('A')", panjang=True)}, 1)
    assert (tmp_path / "urut").read_text() == "A"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tidak memberi tahu memori anak proses")
def test_the_peak_is_the_commands_own_even_below_a_large_parent(tmp_path: Path) -> None:
    beban = bytearray(256 * MIB)
    beban[:: 4096] = b"x" * len(beban[:: 4096])
    (putaran,) = ukur(
        {
            "kecil": python(tmp_path, "pass"),
            "besar": python(tmp_path, "b = bytearray(64 << 20); b[::4096] = b'x' * (16 << 10)"),
        },
        1,
    )
    assert putaran["kecil"].memori is not None
    assert putaran["besar"].memori is not None
    assert putaran["kecil"].memori < 64 * MIB < putaran["besar"].memori < 128 * MIB
    assert len(beban) == 256 * MIB


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tidak memberi tahu CPU anak proses")
def test_time_of_grandchildren_counts(tmp_path: Path) -> None:
    sibuk = "import time; t = time.process_time()\nwhile time.process_time() - t < 0.2: pass"
    anak = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {sibuk!r}], check=True)"
    (putaran,) = ukur({"anak": python(tmp_path, anak)}, 1)
    assert (putaran["anak"].cpu or 0) > 200_000_000


def test_state_is_brought_about_before_each_run_and_output_weighed_after(tmp_path: Path) -> None:
    kali: list[int] = []
    p = python(
        tmp_path, "open('hasil', 'wb').write(bytes(1234))",
        sebelum=lambda: kali.append(1), keluaran=tmp_path / "hasil",
    )  # fmt: skip
    (putaran,) = ukur({"A": p}, 1)
    assert (putaran["A"].keluaran, len(kali)) == (1234, 2)


def test_a_failing_command_is_told_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(KinerjaError, match="kode 3: tidak bisa"):
        ukur({"A": python(tmp_path, "import sys; print('tidak bisa', file=sys.stderr); sys.exit(3)")}, 1)
    assert ukur({"A": python(tmp_path, "raise SystemExit(1)", kode=frozenset({0, 1}))}, 1)


def test_a_missing_program_is_told(tmp_path: Path) -> None:
    with pytest.raises(KinerjaError, match="`alat-entah` tidak terpasang"):
        ukur({"A": Perintah(("alat-entah",), tmp_path, "alat-entah")}, 1)


def test_ratios_are_taken_within_a_turn() -> None:
    putaran = [{"a": biaya(c), "b": biaya(d)} for c, d in ((10, 5), (30, 10), (8, 8))]
    assert rasio(putaran, "cpu", "a", "b") == Sebaran(Decimal(2), Decimal(1), Decimal(3))
    assert nilai(putaran, "cpu", "a") == Sebaran(Decimal(10), Decimal(8), Decimal(30))


def test_what_the_system_cannot_tell_is_no_number() -> None:
    putaran = [{"a": biaya(None), "b": biaya(None)}]
    s = Sasaran("kerja", "cpu", "a", "b", Decimal(2))
    assert s.hitung(putaran) is None
    assert s.tercapai(None) is None
    assert rasio(putaran, "dinding", "a", "b") == Sebaran(Decimal(1), Decimal(1), Decimal(1))


@pytest.mark.parametrize(
    ("tengah", "batas", "paling_sedikit", "tercapai"),
    [("2", "2", False, True), ("2.01", "2", False, False), ("15", "15", True, True), ("14.9", "15", True, False)],
)
def test_a_goal_is_met_at_its_limit(tengah: str, batas: str, paling_sedikit: bool, tercapai: bool) -> None:
    s = Sasaran("kerja", "cpu", "a", "b", Decimal(batas), paling_sedikit)
    assert s.tercapai(Sebaran(Decimal(tengah), Decimal(0), Decimal(99))) is tercapai
