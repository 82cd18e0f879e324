from __future__ import annotations

import html.parser
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja.domain.findings import Tingkat
from kinerja.domain.laporan import Narasi
from kinerja.domain.organisasi import Status
from kinerja.domain.pemeriksaan import AturanTercatat, ContohAturan
from kinerja.domain.perencanaan import TargetIndikator
from kinerja.publishing.pages.parts import sisipkan_pita
from kinerja.publishing.pages.site import halaman_situs
from kinerja.publishing.site_data import DataPeriode, DataSitus, Unduhan

PEMBANDING = Path(__file__).parent.parent / "golden" / "situs"
HALAMAN = (
    "index.md",
    "periode/index.md",
    "periode/2024-tw1.md",
    "periode/2024-tw2.md",
    "indikator/index.md",
    "bidang/sekretariat.md",
    "bidang/sosial.md",
    "indikator/sek-01.md",
    "indikator/sos-01.md",
    "indikator/sos-02.md",
    "sop.md",
    "arsip.md",
    "metodologi.md",
    "aturan.md",
)
JAHAT = (
    '<script>alert("1")</script> *x* [t](javascript:alert(1)) ![g](http://jahat.example/g.png) `k`'
)


def situs(data: DataSitus) -> dict[str, str]:
    return {h.jalur: h.isi for h in halaman_situs(data)}


def ubah_periode(data: DataSitus, n: int, **lain: object) -> DataSitus:
    periode = list(data.periode)
    periode[n] = replace(periode[n], **lain)  # type: ignore[arg-type]
    return replace(data, periode=tuple(periode))


def ubah_laporan(data: DataSitus, n: int, **lain: object) -> DataSitus:
    laporan = replace(data.periode[n].laporan, **lain)  # type: ignore[arg-type]
    return ubah_periode(data, n, laporan=laporan)


@pytest.mark.parametrize("jalur", [j for j in HALAMAN if j != "metodologi.md"])
def test_pages_are_as_blessed(
    data_situs: DataSitus, bandingkan: Callable[[Path, str], None], jalur: str
) -> None:
    berkas = PEMBANDING / jalur
    berkas.parent.mkdir(parents=True, exist_ok=True)
    bandingkan(berkas, situs(data_situs)[jalur])


def test_the_pages_are_these_and_no_more(data_situs: DataSitus) -> None:
    assert sorted(situs(data_situs)) == sorted(HALAMAN)


def test_two_runs_give_the_same_text(data_situs: DataSitus) -> None:
    assert situs(data_situs) == situs(data_situs)


def test_a_period_without_kirim_is_not_public(data_situs: DataSitus) -> None:
    assert [p.periode.id for p in data_situs.periode] == ["2024-tw1", "2024-tw2"]
    assert "2024-tw3" not in "".join(situs(data_situs).values())


@pytest.mark.parametrize("status", [Status.CONTOH, Status.SIMULASI])
def test_every_page_carries_the_marker(data_situs: DataSitus, status: Status) -> None:
    data = replace(data_situs, organisasi=replace(data_situs.organisasi, status=status))
    for jalur, isi in situs(data).items():
        assert f"<strong>{status.penanda}</strong>" in isi, jalur


def test_official_data_carry_no_marker(data_situs: DataSitus) -> None:
    data = replace(data_situs, organisasi=replace(data_situs.organisasi, status=Status.RESMI))
    for n in range(len(data.periode)):
        data = ubah_laporan(data, n, status=Status.RESMI)
    for isi in situs(data).values():
        assert "kj-pita" not in isi


def test_one_simulated_report_marks_an_official_site(data_situs: DataSitus) -> None:
    data = replace(data_situs, organisasi=replace(data_situs.organisasi, status=Status.RESMI))
    data = ubah_laporan(data, 0, status=Status.RESMI)
    data = ubah_laporan(data, 1, status=Status.SIMULASI)
    halaman = situs(data)
    for jalur in ("index.md", "periode/2024-tw2.md", "bidang/sosial.md", "arsip.md"):
        assert "SIMULASI, BUKAN DOKUMEN RESMI" in halaman[jalur]
    assert "kj-pita" not in halaman["periode/2024-tw1.md"]


def test_hand_written_pages_get_the_marker_below_their_heading() -> None:
    hasil = sisipkan_pita("# Judul\n\nIsi.", Status.CONTOH)
    assert hasil.index("# Judul") < hasil.index("DATA CONTOH") < hasil.index("Isi.")
    assert sisipkan_pita("# Judul", Status.RESMI) == "# Judul"


# hostile text


class Pengurai(html.parser.HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.unsur: set[str] = set()
        self.alamat: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unsur.add(tag)
        for nama, nilai in attrs:
            assert not nama.startswith("on")
            if nama in {"href", "src"}:
                self.alamat.append(nilai or "")


def jahati(data: DataSitus) -> DataSitus:
    p = data.periode[0]
    lembar = tuple(
        replace(
            k,
            indikator=tuple(replace(b, penjelasan=JAHAT) for b in k.indikator),
            anggaran=tuple(replace(a, nama=JAHAT) for a in k.anggaran),
        )
        for k in p.kertas_kerja
    )
    rencana = replace(
        p.rencana,
        indikator=tuple(
            replace(i, nama=JAHAT, satuan=JAHAT, definisi_operasional=JAHAT)
            for i in p.rencana.indikator
        ),
    )
    data = ubah_periode(data, 0, kertas_kerja=lembar, rencana=rencana)
    data = ubah_periode(data, 1, rencana=rencana)
    data = ubah_laporan(
        data, 0, nomor=JAHAT, narasi=Narasi(JAHAT, JAHAT, f"- {JAHAT}\n\n# {JAHAT}")
    )
    o = data.organisasi
    bidang = tuple(replace(b, nama=JAHAT) for b in o.bidang)
    orang = tuple(replace(x, nama=JAHAT) for x in data.identitas.orang)
    jabatan = tuple(replace(x, nama=JAHAT) for x in data.jabatan.jabatan)
    return replace(
        data,
        organisasi=replace(o, nama=JAHAT, bidang=bidang, catatan=JAHAT),
        identitas=replace(data.identitas, orang=orang),
        jabatan=replace(data.jabatan, jabatan=jabatan),
        sop=replace(data.sop, nama=JAHAT, dasar_hukum=(JAHAT,)),
        aturan=(AturanTercatat("a", JAHAT, Tingkat.GALAT, JAHAT, JAHAT),),
        contoh_aturan={"a": (ContohAturan(JAHAT, JAHAT, JAHAT, (JAHAT,)),)},
    )


def test_hostile_text_is_shown_as_text(data_situs: DataSitus) -> None:
    for jalur, isi in situs(jahati(data_situs)).items():
        badan = re.sub(r"\A---\n.*?\n---\n", "", isi, flags=re.DOTALL)
        pengurai = Pengurai()
        pengurai.feed(badan)
        assert not pengurai.unsur & {"script", "img", "iframe", "style", "object"}, jalur
        for alamat in pengurai.alamat:
            assert re.fullmatch(r"[\w./-]+\.html", alamat), (jalur, alamat)


def test_hostile_text_in_headings_is_no_markdown(data_situs: DataSitus) -> None:
    for jalur, isi in situs(jahati(data_situs)).items():
        for baris in isi.splitlines():
            if baris.startswith("#"):
                assert not re.search(r"[*\[\]()!`<>_]", baris.lstrip("# ")), (jalur, baris)


def test_direction_and_control_characters_are_removed(data_situs: DataSitus) -> None:
    data = ubah_laporan(data_situs, 0, nomor="050\u202e\x00\x1b/1")
    assert "050/1" in situs(data)["periode/2024-tw1.md"]


# what is missing


def test_the_reason_for_a_refusal_stays_inside(data_situs: DataSitus) -> None:
    semua = "".join(situs(data_situs).values())
    assert "angka rahasia keliru" not in semua
    assert "dikembalikan 1 kali" in semua


def test_a_missing_bidang_is_named_wherever_its_period_is_summed(data_situs: DataSitus) -> None:
    halaman = situs(data_situs)
    for jalur in ("index.md", "periode/2024-tw2.md"):
        assert "kantor terendam banjir" in halaman[jalur]
    assert "belum masuk" in halaman["bidang/sosial.md"]


def test_a_figure_that_cannot_be_computed_shows_its_reason_and_no_number(
    data_situs: DataSitus,
) -> None:
    isi = situs(data_situs)["periode/2024-tw1.md"]
    baris = next(b for b in isi.split("<tr>") if "sos-02.html" in b)
    assert "target nol, capaian tidak dapat dihitung" in baris
    assert "0,00" not in baris


def test_an_agency_that_published_nothing_still_has_its_pages(data_situs: DataSitus) -> None:
    halaman = situs(replace(data_situs, periode=()))
    assert "Belum ada periode yang terbit" in halaman["index.md"]
    assert "Belum ada periode yang terbit" in halaman["bidang/sosial.md"]
    assert not any(j.startswith("indikator/sos") for j in halaman)


def test_one_bidang_alone(data_situs: DataSitus) -> None:
    o = data_situs.organisasi
    data = replace(data_situs, organisasi=replace(o, bidang=o.bidang[:1]), periode=())
    assert "bidang/sosial.md" not in situs(data)


def test_a_bidang_that_was_dissolved_keeps_its_page(data_situs: DataSitus) -> None:
    o = data_situs.organisasi
    data = replace(data_situs, organisasi=replace(o, bidang=o.bidang[:1]))
    halaman = situs(data)
    assert "bidang/sosial.md" in halaman
    assert "../bidang/sosial.html" in halaman["indikator/sos-01.md"]


def test_without_targets_and_figures_there_is_no_chart(data_situs: DataSitus) -> None:
    data = replace(data_situs, riwayat=())
    for n, p in enumerate(data.periode):
        capaian = tuple(
            replace(c, target=None, target_sd=None, realisasi=None, realisasi_sd=None, capaian=None)
            for c in p.laporan.capaian
        )
        versi = tuple(
            replace(v, target=dict.fromkeys(v.target, TargetIndikator())) for v in p.rencana.versi
        )
        data = ubah_laporan(data, n, capaian=capaian)
        data = ubah_periode(data, n, rencana=replace(p.rencana, versi=versi))
    isi = situs(data)["indikator/sos-01.md"]
    assert '<svg class="kj-svg' not in isi
    assert "tidak dapat dihitung" in isi


def test_history_is_marked_as_unsigned(data_situs: DataSitus) -> None:
    isi = situs(data_situs)["indikator/sos-01.md"]
    assert "tidak ditandatangani dalam sistem ini" in isi
    assert "titik lama" in isi


# approvals


def persetujuan(p: DataPeriode) -> list[str]:
    return [f"{x.peristiwa.tindakan.value}:{x.peristiwa.jabatan}" for x in p.persetujuan]


def test_only_approvals_of_the_published_bytes_count(data_situs: DataSitus) -> None:
    p = data_situs.periode[0]
    assert persetujuan(p) == [
        "tanda-tangan:sekretaris",
        "tanda-tangan:kabid:sosial",
        "paraf:sekretaris",
        "tanda-tangan:kepala-dinas",
    ]
    paraf = [x for x in p.peristiwa if x.peristiwa.tindakan.value == "paraf"]
    assert [x in p.persetujuan for x in paraf] == [False, True]


def test_a_worksheet_changed_after_signing_is_not_shown(isi_dinas: dict[str, bytes]) -> None:
    from kinerja.adapters.reports import Reports
    from kinerja.adapters.trees import PohonIsi
    from kinerja.publishing.site_data import muat_situs

    jalur = "reports/2024/tw1/kertas-kerja/sosial.yaml"
    pohon = PohonIsi(isi_dinas | {jalur: isi_dinas[jalur] + b"# diubah\n"})
    p = muat_situs(Reports(pohon), pohon.baca).periode[0]
    assert [k.bidang for k in p.kertas_kerja] == ["sekretariat"]


def test_an_acting_signer_is_shown_with_the_instrument(data_situs: DataSitus) -> None:
    isi = situs(data_situs)["bidang/sosial.md"]
    assert "Plh. Kepala Bidang Sosial" in isi
    assert "dasar: SPT 7/2024 tanggal 29 Maret 2024" in isi


def test_own_keys_are_called_uncertified(data_situs: DataSitus) -> None:
    isi = situs(data_situs)["periode/2024-tw1.md"]
    assert "kunci sendiri, tidak tersertifikasi" in isi
    assert "PP 71/2019 Pasal 60" in isi


def test_a_receipt_for_another_archive_is_pointed_out(data_situs: DataSitus) -> None:
    kirim = data_situs.periode[0].kirim
    assert kirim.tanda_terima is not None
    lain = replace(kirim, tanda_terima=replace(kirim.tanda_terima, sha256="f" * 64))
    isi = situs(ubah_periode(data_situs, 0, kirim=lain))["periode/2024-tw1.md"]
    assert "tidak sama dengan sidik arsip" in isi


# links, downloads


def test_every_link_leads_to_a_page(data_situs: DataSitus) -> None:
    halaman = situs(data_situs)
    ada = {j.removesuffix(".md") + ".html" for j in halaman}
    for jalur, isi in halaman.items():
        pengurai = Pengurai()
        pengurai.feed(isi)
        for alamat in pengurai.alamat:
            tujuan = Path("/", Path(jalur).parent, alamat)
            assert str(tujuan.resolve())[1:] in ada, (jalur, alamat)


def test_downloads_are_listed_with_their_size(data_situs: DataSitus) -> None:
    berkas = Unduhan("Data terbuka (CSV)", "unduhan/2024-tw1.csv", b"x" * 1500)
    isi = situs(ubah_periode(data_situs, 0, unduhan=(berkas,)))["periode/2024-tw1.md"]
    assert 'href="../unduhan/2024-tw1.csv"' in isi
    assert "1,5\u00a0kB" in isi


def test_tables_are_regions_that_can_be_focused(data_situs: DataSitus) -> None:
    for jalur, isi in situs(data_situs).items():
        wadah = re.findall(
            r'<div class="kj-gulir" role="region" tabindex="0" aria-label="[^"]+">', isi
        )
        assert isi.count('<table class="kj-tabel">') <= len(wadah), jalur


def test_unfilled_is_a_dash_and_zero_is_zero(data_situs: DataSitus) -> None:
    p = data_situs.periode[0]
    capaian = tuple(
        replace(c, realisasi=None) if c.id == "sos-01" else c for c in p.laporan.capaian
    )
    isi = situs(ubah_laporan(data_situs, 0, capaian=capaian))["periode/2024-tw1.md"]
    kosong = next(b for b in isi.split("<tr>") if "sos-01.html" in b)
    nol = next(b for b in isi.split("<tr>") if "sos-02.html" in b)
    assert '<td class="kj-angka">10</td> <td class="kj-angka">–</td>' in kosong
    assert '<td class="kj-angka">0</td> <td class="kj-angka">0</td>' in nol
    assert Decimal(0) == next(c.realisasi for c in capaian if c.id == "sos-02")


def test_a_connected_site_links_each_bidang_to_its_edit_page_and_no_other_does(data_situs: DataSitus) -> None:
    def sunting(perubahan: str, jalur: str) -> str:
        return "" if perubahan.endswith("/sekretariat") else f"https://forge.invalid/edit/{perubahan}/{jalur}"

    biasa, tersambung = situs(data_situs), situs(replace(data_situs, sunting=sunting))
    beda = {j for j in biasa if biasa[j] != tersambung[j]}
    assert beda == {"periode/2024-tw1.md", "periode/2024-tw2.md"}
    isi = tersambung["periode/2024-tw1.md"]
    assert 'href="https://forge.invalid/edit/kk/2024-tw1/sosial/reports/2024/tw1/kertas-kerja/sosial.yaml"' in isi
    assert "kk/2024-tw1/sekretariat" not in isi
    assert situs(replace(data_situs, sunting=lambda *_: "")) == biasa
