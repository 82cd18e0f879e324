"""What the doctor says of a forge and of the people on it, from plain values alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.domain.organisasi import Akun, Dasar, Kunci, Pemangku, PihakLuar, Sebutan
from kinerja.workflow.codeowners import Beda
from kinerja.workflow.forge_doctor import (
    Diagnosa,
    Fakta,
    Tanda,
    periksa_jalan_pintas,
    periksa_log,
    periksa_rahasia,
    periksa_setelan,
    periksa_sumber,
    periksa_token,
)
from kinerja.workflow.forge_people import (
    jabatan_kebijakan,
    periksa_codeowners,
    periksa_pemangku,
    periksa_pengamat,
)
from kinerja.workflow.forge_settings import (
    Butir,
    Nilai,
    Pilihan,
    Setelan,
    TakTerbaca,
    banding,
    setelan,
    teks_nilai,
)
from kinerja.workflow.verdict import Konteks

KONTEKS = Reports(PohonFolder(Path(__file__).parents[2])).konteks()
HARI = date(2024, 3, 4)
KUNCI = "ssh-ed25519 AAAAC3Nza"


def _kode(d: Iterable[Diagnosa], tanda: Tanda = Tanda.SALAH) -> set[str]:
    return {x.kode for x in d if x.tanda is tanda}


def _berakun(**ganti: object) -> Konteks:
    """Everybody has an account 100, 101 … and no key; ``ganti`` changes one person's fields."""
    orang = tuple(
        replace(o, akun=(Akun("forgejo", 100 + n, date(2024, 1, 1)),)) for n, o in enumerate(KONTEKS.identitas.orang)
    )
    orang = tuple(replace(o, **ganti) if o.id == "p-ayu" else o for o in orang)  # type: ignore[arg-type]
    return replace(KONTEKS, identitas=replace(KONTEKS.identitas, orang=orang))


# Settings


@pytest.mark.parametrize(
    ("ingin", "ada", "minimal", "harap"),
    [
        pytest.param(False, False, False, True, id="sama"),
        pytest.param(False, None, False, False, id="belum ada"),
        pytest.param(("a",), ("a", "b"), True, True, id="lebih banyak boleh"),
        pytest.param(("a", "c"), ("a", "b"), True, False, id="yang wajib kurang"),
        pytest.param((), ("x",), False, False, id="daftar harus kosong"),
        pytest.param(0, False, False, True, id="nol dan tidak, bagi forge sama"),
        pytest.param(True, TakTerbaca("x"), False, False, id="tidak terbaca"),
    ],
)
def test_found_beside_wanted(ingin: Nilai, ada: Any, minimal: bool, harap: bool) -> None:
    assert Butir(Setelan("a.b", "", ingin, "", minimal), ada).cocok is harap


@pytest.mark.parametrize("forge", ["forgejo", "github"])
def test_every_wanted_setting_has_a_reason_and_a_key_of_its_own(forge: str) -> None:
    semua = setelan(forge, Pilihan(("audit",)))
    assert len({s.kunci for s in semua}) == len(semua)
    assert all(s.judul and s.sebab and "." in s.kunci for s in semua)
    wajib = next(s.seharusnya for s in semua if s.kunci == "main.cek-wajib")
    assert wajib == ("kinerja/persetujuan", "audit")
    gugur = next(s.seharusnya for s in semua if s.kunci == "main.gugur")
    assert gugur is False, "our check binds bytes; a forge's own count would lose approvals"
    tanpa = {s.kelompok for s in setelan(forge, Pilihan(situs=False))}
    assert {s.kelompok for s in semua} - tanpa == ({"pages"} if forge == "github" else set())


def test_each_wrong_setting_is_a_line_and_a_right_group_is_one() -> None:
    ingin = setelan("forgejo", Pilihan())
    ada = {s.kunci: s.seharusnya for s in ingin} | {"main.dorong": True}
    hasil = list(periksa_setelan(banding(ingin, ada)))
    assert _kode(hasil) == {"setelan:main.dorong"}
    assert _kode(hasil, Tanda.BAIK) == {"setelan:gabung", "setelan:label"}
    (baris,) = [d for d in hasil if d.tanda is Tanda.SALAH]
    assert baris.teks == "dorong langsung ke main: ya, seharusnya tidak (tidak ada jalan langsung)"
    assert baris.tindakan == "kinerja forge setup --apply"


def test_a_protection_that_is_not_there_at_all_is_one_line() -> None:
    ingin = setelan("forgejo", Pilihan())
    ada = {s.kunci: s.seharusnya for s in ingin if s.kelompok != "main"}
    assert _kode(periksa_setelan(banding(ingin, ada))) == {"setelan:main.ada"}


@pytest.mark.parametrize(
    ("forge", "ada", "kode"),
    [
        pytest.param("forgejo", {}, {"sumber-cek"}, id="siapa pun menggabung"),
        pytest.param("forgejo", {"main.penggabung": ()}, {"sumber-cek"}, id="daftar kosong"),
        pytest.param("forgejo", {"main.penggabung": ("layanan",)}, set(), id="akun layanan saja"),
        pytest.param("github", {"main.sumber-cek": None}, {"sumber-cek"}, id="status siapa pun"),
        pytest.param("github", {"main.sumber-cek": 15368}, set(), id="aplikasi sendiri"),
        pytest.param("github", {"main.sumber-cek": TakTerbaca("paket", paket=True)}, set(), id="tidak terbaca"),
    ],
)
def test_a_writer_could_set_our_check_himself(forge: str, ada: dict[str, Any], kode: set[str]) -> None:
    assert _kode(periksa_sumber(forge, ada)) == kode


def test_what_the_plan_lacks_is_told_once_and_pages_alone_are_no_finding() -> None:
    ingin = setelan("github", Pilihan())
    paket = TakTerbaca("Upgrade to GitHub Pro", paket=True)
    ada = {s.kunci: paket if s.kelompok in ("main", "pages") else s.seharusnya for s in ingin}
    butir = banding(ingin, ada)
    hasil = [*periksa_setelan(butir), *periksa_jalan_pintas("github", butir, Fakta())]
    assert _kode(hasil) == {"setelan:main", "paket"}
    assert "setelan:pages" in _kode(hasil, Tanda.CATATAN)


def test_values_in_words() -> None:
    semua = (None, True, False, 0, "", ("a", "b"), (), TakTerbaca("token"))
    assert [teks_nilai(n) for n in semua] == [
        "belum ada", "ya", "tidak", "0", "kosong", "a, b", "tidak ada", "tidak terbaca (token)",
    ]  # fmt: skip


# By-passes, tokens, secrets, the log


def test_whoever_can_go_round_the_rules_is_named() -> None:
    f = Fakta(admin=("oki", "siti"), kunci_deploy=("server lama",))
    teks = " ".join(d.teks for d in periksa_jalan_pintas("forgejo", (), f))
    assert "2 admin" in teks and "oki, siti" in teks and "server lama" in teks and "admin server" in teks
    assert not _kode(periksa_jalan_pintas("forgejo", (), f))
    tertutup = list(periksa_jalan_pintas("github", (), Fakta(admin=TakTerbaca("403"))))
    assert [d.kode for d in tertutup] == ["jalan-pintas:admin"]


@pytest.mark.parametrize(
    ("cek", "workflow", "tanda"),
    [
        pytest.param(("kinerja/persetujuan",), False, Tanda.CATATAN, id="token orang"),
        pytest.param(("kinerja/persetujuan",), True, Tanda.CATATAN, id="token workflow, tanpa cek lain"),
        pytest.param(("kinerja/persetujuan", "kinerja validate"), True, Tanda.SALAH, id="cek lain menunggu selamanya"),
        pytest.param(("kinerja/persetujuan", "kinerja validate"), False, Tanda.CATATAN, id="cek lain, token orang"),
    ],
)
def test_a_workflows_own_token_starts_no_checks(cek: tuple[str, ...], workflow: bool, tanda: Tanda) -> None:
    butir = banding(setelan("github", Pilihan()), {"main.cek-wajib": cek})
    (d,) = periksa_token("github", butir, Fakta(token_workflow=workflow))
    assert d.tanda is tanda
    assert "tidak menjalankan workflow lain" in d.teks
    assert list(periksa_token("forgejo", butir, Fakta())) == []


@pytest.mark.parametrize(
    ("nama", "salah"),
    [
        ("KINERJA_KUNCI_PENGAMAT", True), ("SSH_PRIVATE", True), ("DEPLOY_KEY", True), ("SIGNING", True),
        ("KINERJA_TOKEN", False), ("ALAMAT_SITUS", False), ("KEYWORD", False),
    ],
)  # fmt: skip
def test_secrets_that_look_like_keys(nama: str, salah: bool) -> None:
    hasil = list(periksa_rahasia("forgejo", Fakta(rahasia=(nama,))))
    assert (_kode(hasil) == {"rahasia"}) is salah
    assert [d.tanda for d in periksa_rahasia("github", Fakta(rahasia=TakTerbaca("403")))] == [Tanda.CATATAN]


def test_the_log_cannot_be_protected_and_may_be_gone() -> None:
    assert _kode(periksa_log(ada=True)) == set()
    assert _kode(periksa_log(ada=False)) == {"log:hilang"}
    assert _kode(periksa_log(ada=True), Tanda.CATATAN) == {"log:tak-terlindung"}


# People


def test_offices_of_the_policy_are_filled_in_for_each_bidang() -> None:
    semua = jabatan_kebijakan(KONTEKS)
    assert {"kepala-dinas", "kasubag-program", "kabid:rehabilitasi-sosial", "kasie:sekretariat"} <= set(semua)
    assert not [j for j in semua if "{" in j]
    assert len(set(semua)) == len(semua)


def test_who_cannot_act_is_told_with_what_to_do() -> None:
    k = replace(KONTEKS, jabatan=replace(KONTEKS.jabatan, pemangku=KONTEKS.jabatan.pemangku[1:]))
    hasil = list(periksa_pemangku(k, HARI, "forgejo", {}))
    assert "jabatan:kosong:kepala-dinas" in _kode(hasil)
    assert "orang:tanpa-jati-diri:p-bakri" in _kode(hasil)
    assert all(d.tindakan for d in hasil if d.tanda is Tanda.SALAH)


@pytest.mark.parametrize(
    ("ganti", "akun", "salah", "catatan"),
    [
        pytest.param({}, {100: "ayu"}, set(), set(), id="lengkap"),
        pytest.param({}, {100: None}, {"akun:hilang:p-ayu"}, set(), id="akun terhapus"),
        pytest.param({"akun": ()}, {}, {"orang:tanpa-jati-diri:p-ayu"}, set(), id="tanpa apa pun"),
        pytest.param({"akun": (), "kunci": (Kunci(KUNCI, HARI),)}, {}, set(), {"akun:belum:p-ayu"}, id="kunci saja"),
        pytest.param({"akun": (), "kunci": (Kunci(KUNCI, HARI, HARI),)}, {}, {"orang:tanpa-jati-diri:p-ayu"}, set(),
                     id="kunci berakhir"),
        pytest.param({"akun": (Akun("github", 7, HARI),)}, {}, {"orang:tanpa-jati-diri:p-ayu"}, set(),
                     id="akun di forge lain"),
    ],
)  # fmt: skip
def test_holders(ganti: dict[str, Any], akun: dict[int, str | None], salah: set[str], catatan: set[str]) -> None:
    hasil = list(periksa_pemangku(_berakun(**ganti), HARI, "forgejo", akun))
    assert (_kode(hasil), _kode(hasil, Tanda.CATATAN)) == (salah, catatan)


def test_while_a_plh_is_in_force_he_needs_the_account() -> None:
    plh = Pemangku("kepala-dinas", "p-baru", Sebutan.PLH, HARI, None, Dasar("SPT 2"))
    k = _berakun()
    k = replace(k, jabatan=replace(k.jabatan, pemangku=(*k.jabatan.pemangku, plh)))
    assert _kode(periksa_pemangku(k, HARI, "forgejo", {})) == {"orang:tak-dikenal:p-baru"}


@pytest.mark.parametrize(
    ("fakta", "perbedaan", "salah"),
    [
        pytest.param(Fakta(akun={7: "ayu"}, login={"ayu": 7}), None, set(), id="segar"),
        pytest.param(Fakta(), None, set(), id="forge tidak ditanya"),
        pytest.param(Fakta(akun={7: "ayu2"}, login={"ayu": 9}), None, {"codeowners:login:ayu"}, id="milik orang lain"),
        pytest.param(Fakta(akun={7: None}, login={"ayu": None}), None, {"codeowners:login:ayu"}, id="akun terhapus"),
        pytest.param(Fakta(akun={7: "ayu"}, login={"ayu": 7}), Beda(3, "a", "b"), {"codeowners:basi"}, id="basi"),
    ],
)
def test_codeowners_in_main(fakta: Fakta, perbedaan: Beda | None, salah: set[str]) -> None:
    assert _kode(periksa_codeowners("github", {7: "ayu"}, perbedaan, fakta, ada=True)) == salah
    assert _kode(periksa_codeowners("github", {}, None, fakta, ada=False)) == {"codeowners:belum"}


@pytest.mark.parametrize(
    ("terdaftar", "sini", "rahasia", "salah"),
    [
        pytest.param((), KUNCI, (), {"pengamat:belum"}, id="tidak terdaftar"),
        pytest.param((KUNCI,), f"{KUNCI} pengamat", (), set(), id="ada di sini"),
        pytest.param((KUNCI,), None, ("KINERJA_KUNCI_PENGAMAT",), set(), id="ada di lingkungan forge"),
        pytest.param((KUNCI,), None, (), {"pengamat:tiada"}, id="tidak ada pada siapa pun"),
        pytest.param((KUNCI,), "ssh-ed25519 LAIN", (), {"pengamat:lain"}, id="kunci lain"),
    ],
)
def test_the_observers_key(
    terdaftar: tuple[str, ...], sini: str | None, rahasia: tuple[str, ...], salah: set[str]
) -> None:
    pengamat = (PihakLuar("pengamat", "Mesin", tuple(Kunci(k, date(2024, 1, 1)) for k in terdaftar)),)
    k = replace(KONTEKS, identitas=replace(KONTEKS.identitas, pengamat=pengamat))
    hasil = periksa_pengamat(k, HARI, sini, Fakta(rahasia_lingkungan=rahasia), forge="github")
    assert _kode(hasil) == salah
