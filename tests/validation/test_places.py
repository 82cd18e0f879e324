from __future__ import annotations

import pytest

from kinerja.validation.places import harapan_letak, jenis_jalur


@pytest.mark.parametrize(
    ("jalur", "jenis", "harapan"),
    [
        ("reports/organisasi.yaml", "organisasi", {}),
        ("reports/riwayat.yaml", "riwayat", {}),
        ("reports/2024/rencana.yaml", "rencana", {"tahun": 2024}),
        ("reports/2024/spj/03.yaml", "spj", {"tahun": 2024, "bulan": 3}),
        ("reports/2024/tw1/disposisi.yaml", "disposisi", {"periode": "2024-tw1"}),
        ("reports/2024/tahunan/laporan.yaml", "laporan", {"periode": "2024-tahunan"}),
        (
            "reports/2024/tw4/kertas-kerja/rehabilitasi-sosial.yaml", "kertas-kerja",
            {"periode": "2024-tw4", "bidang": "rehabilitasi-sosial"},
        ),
        ("reports/2024/tw5/disposisi.yaml", None, {}),
        ("reports/2024/spj/13.yaml", None, {}),
        ("reports/2024/tw1/kertas-kerja/Sub/x.yaml", None, {}),
        ("reports/2024/tw1/kertas-kerja/../x.yaml", None, {}),
        ("reports/2024/tw1/disposisi.yaml\n", None, {}),
        ("organisasi.yaml", None, {}),
    ],
)  # fmt: skip
def test_a_path_tells_the_kind_and_what_the_content_must_say(
    jalur: str, jenis: str | None, harapan: dict[str, object]
) -> None:
    assert jenis_jalur(jalur) == jenis
    assert harapan_letak(jalur) == harapan
