"""Every rule with its id, severity and source, in the order in which a Kabid would check.

Ids are stable: they stand in findings, in examples and on the site.
"""

from __future__ import annotations

from kinerja.domain.findings import Tingkat
from kinerja.validation import (
    code_rules,
    figure_rules,
    file_rules,
    holder_rules,
    memory_rules,
    office_rules,
    plan_rules,
    report_rules,
    spj_rules,
    target_rules,
    text_rules,
    worksheet_rules,
)
from kinerja.validation.context import Aturan
from kinerja.validation.file_rules import AturanNaskah
from kinerja.validation.repository_context import AturanRepositori

_GALAT, _PERINGATAN, _CATATAN = Tingkat.GALAT, Tingkat.PERINGATAN, Tingkat.CATATAN
_PK, _DPA, _SPJ = "Perjanjian Kinerja", "DPA", "SPJ Fungsional"
_SOP2, _SOP3, _SOP4, _SOP5 = "SOP langkah 2", "SOP langkah 3", "SOP langkah 4", "SOP langkah 5"
_LKJ = "PermenPANRB 53/2014"
_KODE = "Permendagri 90/2019"
_UU_AP = "UU 30/2014 Pasal 14"

ACUAN = Aturan("acuan-terbaca", _GALAT, _SOP2, worksheet_rules.acuan_terbaca)
"""Where this one finds something, the other rules have nothing to judge by."""

RULES: tuple[Aturan, ...] = (
    ACUAN,
    Aturan("berkas-sesuai-isi", _GALAT, _SOP2, worksheet_rules.berkas_sesuai_isi),
    Aturan("versi-sesuai", _GALAT, f"{_PK} dan {_DPA} yang berlaku", worksheet_rules.versi_sesuai),
    Aturan("indikator-sesuai-rencana", _GALAT, _PK, worksheet_rules.indikator_sesuai_rencana),
    Aturan("target-sesuai-rencana", _GALAT, _PK, worksheet_rules.target_sesuai_rencana),
    Aturan("pagu-sesuai-dpa", _GALAT, _DPA, worksheet_rules.pagu_sesuai_dpa),
    Aturan("realisasi-lalu-sesuai", _GALAT, _SOP2, worksheet_rules.realisasi_lalu_sesuai),
    Aturan("realisasi-terbaca", _GALAT, _SOP4, figure_rules.realisasi_terbaca),
    Aturan("angka-jelas", _GALAT, _SOP4, figure_rules.angka_jelas),
    Aturan("realisasi-tidak-negatif", _GALAT, _SOP4, figure_rules.realisasi_tidak_negatif),
    Aturan("persen-dalam-batas", _PERINGATAN, _SOP4, figure_rules.persen_dalam_batas),
    Aturan("hasil-bagi", _GALAT, _SOP4, figure_rules.hasil_bagi),
    Aturan("anggaran-dalam-pagu", _GALAT, f"{_DPA} dan {_SPJ}", figure_rules.anggaran_dalam_pagu),
    Aturan("anggaran-tidak-turun", _GALAT, _SPJ, figure_rules.anggaran_tidak_turun),
    Aturan("fisik-dalam-batas", _GALAT, _SOP4, figure_rules.fisik_dalam_batas),
    Aturan("realisasi-belum-diisi", _GALAT, _SOP3, figure_rules.sudah_diisi),
    Aturan("penjelasan-wajib", _GALAT, _LKJ, figure_rules.penjelasan_wajib),
    Aturan("penjelasan-lebih", _PERINGATAN, _LKJ, figure_rules.penjelasan_lebih),
    Aturan("belanja-tanpa-keluaran", _PERINGATAN, _SOP4, figure_rules.belanja_tanpa_keluaran),
    Aturan("tanpa-nomor-pribadi", _GALAT, "UU 27/2022", text_rules.tanpa_nomor_pribadi),
    Aturan("teks-bersih", _PERINGATAN, "", text_rules.teks_bersih),
)

# The same ids as in RULES where the same rule holds for every file.
RULES_NASKAH: tuple[AturanNaskah, ...] = (
    AturanNaskah("letak-dikenal", _GALAT, "", file_rules.letak_dikenal),
    AturanNaskah("berkas-sesuai-isi", _GALAT, "", file_rules.isi_sesuai_letak),
    AturanNaskah("tanpa-nomor-pribadi", _GALAT, "UU 27/2022", file_rules.tanpa_nomor_pribadi),
)

RULES_REPOSITORI: tuple[AturanRepositori, ...] = (
    AturanRepositori("id-unik", _GALAT, "", office_rules.id_unik),
    AturanRepositori("jabatan-dikenal", _GALAT, "", office_rules.jabatan_dikenal),
    AturanRepositori("orang-dikenal", _GALAT, "", office_rules.orang_dikenal),
    AturanRepositori("penjabat-berdasar", _GALAT, _UU_AP, office_rules.penjabat_berdasar),
    AturanRepositori("definitif-tunggal", _GALAT, "", holder_rules.definitif_tunggal),
    AturanRepositori("pejabat-pada-tanggal", _GALAT, _UU_AP, holder_rules.pejabat_pada_tanggal),
    AturanRepositori("pengisi-bukan-pemeriksa", _GALAT, _SOP4, holder_rules.pengisi_bukan_pemeriksa),
    AturanRepositori("masa-urut", _GALAT, "", office_rules.masa_urut),
    AturanRepositori("kunci-seorang", _GALAT, "PP 71/2019 Pasal 59", office_rules.kunci_seorang),
    AturanRepositori("skala-urut", _GALAT, "Permendagri 86/2017", office_rules.skala_urut),
    AturanRepositori("perhitungan-dikenal", _GALAT, "", office_rules.perhitungan_dikenal),
    AturanRepositori("kalender-sah", _GALAT, "", office_rules.kalender_sah),
    AturanRepositori("kalender-mencakup", _PERINGATAN, "", holder_rules.kalender_mencakup),
    AturanRepositori("langkah-sop", _GALAT, "", office_rules.langkah_sop),
    AturanRepositori("bidang-dikenal", _GALAT, "", plan_rules.bidang_dikenal),
    AturanRepositori("rujukan-rencana", _GALAT, "", plan_rules.rujukan_rencana),
    AturanRepositori("sasaran-berindikator", _PERINGATAN, _LKJ, target_rules.sasaran_berindikator),
    AturanRepositori("penanggung-jawab-bidang", _GALAT, _LKJ, target_rules.penanggung_jawab_bidang),
    AturanRepositori("keputusan-kode", _PERINGATAN, _KODE, code_rules.keputusan_kode_berlaku),
    AturanRepositori("kode-baku", _GALAT, _KODE, code_rules.kode_bentuk_baku),
    AturanRepositori("kode-urusan", _GALAT, _KODE, code_rules.kode_urusan),
    AturanRepositori("kode-berinduk", _GALAT, _KODE, plan_rules.kode_berinduk),
    AturanRepositori("pagu-berinduk", _GALAT, _DPA, code_rules.pagu_berinduk),
    AturanRepositori("pagu-ditetapkan", _PERINGATAN, _DPA, code_rules.pagu_ditetapkan),
    AturanRepositori("rupiah-jelas", _GALAT, "", code_rules.rupiah_jelas),
    AturanRepositori("versi-urut", _GALAT, "", plan_rules.versi_urut),
    AturanRepositori("versi-tetap", _GALAT, f"{_PK} dan {_DPA}", memory_rules.versi_tetap),
    AturanRepositori("target-sejenis", _GALAT, _PK, plan_rules.target_sejenis),
    AturanRepositori("target-triwulan", _GALAT, _PK, target_rules.target_triwulan),
    AturanRepositori("target-renstra", _PERINGATAN, "Renstra", target_rules.target_renstra),
    AturanRepositori("persen-target", _GALAT, _PK, target_rules.persen_target),
    AturanRepositori("target-tetap", _GALAT, _PK, memory_rules.target_tetap),
    AturanRepositori("pagu-tetap", _GALAT, _DPA, memory_rules.pagu_tetap),
    AturanRepositori("rencana-tidak-hilang", _GALAT, f"{_PK} dan {_DPA}", memory_rules.rencana_tidak_hilang),
    AturanRepositori("cara-hitung-tetap", _GALAT, _PK, memory_rules.cara_hitung_tetap),
    AturanRepositori("pembanding-bersumber", _PERINGATAN, _LKJ, target_rules.pembanding_bersumber),
    AturanRepositori("rumus-ditetapkan", _PERINGATAN, _LKJ, plan_rules.rumus_ditetapkan),
    AturanRepositori("sumber-ditetapkan", _CATATAN, _LKJ, plan_rules.sumber_ditetapkan),
    AturanRepositori("spj-tiga-kolom", _GALAT, _SPJ, spj_rules.spj_tiga_kolom),
    AturanRepositori("spj-jumlah", _GALAT, _SPJ, spj_rules.spj_jumlah),
    AturanRepositori("spj-sisa", _GALAT, _SPJ, spj_rules.spj_sisa),
    AturanRepositori("spj-berinduk", _GALAT, _SPJ, spj_rules.spj_berinduk),
    AturanRepositori("spj-bersambung", _GALAT, _SPJ, spj_rules.spj_bersambung),
    AturanRepositori("spj-tanpa-jeda", _PERINGATAN, _SPJ, spj_rules.spj_tanpa_jeda),
    AturanRepositori("spj-dikenal-dpa", _GALAT, _DPA, spj_rules.spj_dikenal_dpa),
    AturanRepositori("spj-pagu-dpa", _GALAT, _DPA, spj_rules.spj_pagu_dpa),
    AturanRepositori("masukan-sesuai", _GALAT, _SOP5, report_rules.masukan_sesuai),
    AturanRepositori("laporan-sama-hitungan", _GALAT, _SOP5, report_rules.laporan_sama_hitungan),
    AturanRepositori("laporan-tanpa-bidang", _GALAT, _SOP5, report_rules.laporan_tanpa_bidang),
    AturanRepositori("kirim-sesuai-laporan", _GALAT, "SOP langkah 8", report_rules.kirim_sesuai_laporan),
)
