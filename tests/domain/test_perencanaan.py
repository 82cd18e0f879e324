"""Which target and which pagu are in force: one answer, asked for one line or for all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kinerja.domain.organisasi import Dasar
from kinerja.domain.perencanaan import (
    Anggaran,
    PaguSub,
    Rencana,
    TargetIndikator,
    VersiAnggaran,
    VersiRencana,
)

HARI = st.dates(date(2024, 1, 1), date(2024, 1, 4))
LAMA, BARU, KEMUDIAN = date(2024, 1, 1), date(2024, 4, 1), date(2024, 10, 1)


def anggaran(*versi: tuple[date, dict[str, int]]) -> Anggaran:
    return Anggaran(
        "anggaran/v1", 2024, Dasar("x"), (), (), (),
        tuple(
            VersiAnggaran(f"v{n}", "DPA", Dasar("1"), hari, {k: PaguSub(Decimal(p)) for k, p in pagu.items()})
            for n, (hari, pagu) in enumerate(versi)
        ),
    )  # fmt: skip


def test_a_version_lists_only_what_it_changes() -> None:
    a = anggaran((BARU, {"b": 20}), (LAMA, {"a": 1, "b": 2}), (KEMUDIAN, {"a": 300}))
    assert {k: p.pagu for k, p in a.semua_pagu(a.versi[0]).items()} == {"a": Decimal(1), "b": Decimal(20)}
    assert a.pagu("a", a.versi[2]).pagu == 300  # noqa: PLR2004
    assert a.pagu("c", a.versi[2]) == PaguSub(None)


def test_of_two_versions_of_one_day_the_first_prevails_for_one_and_for_all() -> None:
    a = anggaran((LAMA, {"a": 1}), (LAMA, {"a": 2}))
    assert a.pagu("a", a.versi[1]).pagu == a.semua_pagu(a.versi[1])["a"].pagu == 1


@given(st.lists(st.tuples(HARI, st.dictionaries(st.sampled_from("abc"), st.integers(0, 9))), min_size=1, max_size=6))
def test_one_line_and_all_lines_agree(versi: list[tuple[date, dict[str, int]]]) -> None:
    a = anggaran(*versi)
    target = [{k: TargetIndikator(tahunan=Decimal(p)) for k, p in isi.items()} for _, isi in versi]
    r = Rencana(
        "rencana/v1", 2024, "Renstra", (), (),
        tuple(VersiRencana(v.id, "PK", v.dasar, v.berlaku, t) for v, t in zip(a.versi, target, strict=True)),
    )  # fmt: skip
    for va, vr in zip(a.versi, r.versi, strict=True):
        assert a.semua_pagu(va) == {k: a.pagu(k, va) for k in "abc" if k in a.semua_pagu(va)}
        assert r.semua_target(vr) == {k: r.target(k, vr) for k in "abc" if k in r.semua_target(vr)}
        assert r.semua_target(vr).keys() == a.semua_pagu(va).keys()
