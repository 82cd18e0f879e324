"""Every rule with its id, severity and source, in the order in which a Kabid would check.

Ids are stable: they stand in findings, in examples and on the site.
"""

from __future__ import annotations

from kinerja.domain.findings import Tingkat
from kinerja.validation import (
    code_rules,
    evidence_rules,
    explanation_rules,
    file_rules,
    holder_rules,
    memory_rules,
    money_rules,
    office_rules,
    plan_memory_rules,
    plan_number_rules,
    plan_rules,
    quantity_rules,
    report_rules,
    spj_rules,
    target_rules,
    worksheet_rules,
)
from kinerja.validation.context import Aturan
from kinerja.validation.file_rules import AturanNaskah
from kinerja.validation.repository_context import AturanRepositori

_GALAT, _PERINGATAN, _CATATAN = Tingkat.GALAT, Tingkat.PERINGATAN, Tingkat.CATATAN
_PK, _DPA, _SPJ = "Perjanjian Kinerja", "DPA", "SPJ Fungsional"
_PK_DPA = f"{_PK} dan {_DPA}"
_SOP2, _SOP3, _SOP4, _SOP5 = "SOP langkah 2", "SOP langkah 3", "SOP langkah 4", "SOP langkah 5"
_LKJ = "PermenPANRB 53/2014"
_KODE = "Permendagri 90/2019"
_UU_AP = "UU 30/2014 Pasal 14"

ACUAN = Aturan("acuan-terbaca", _GALAT, _SOP2, worksheet_rules.acuan_terbaca)
"""Where this one finds something, the other rules have nothing to judge by."""

SUSUNAN = frozenset({"indikator-sesuai-rencana", "pagu-sesuai-dpa"})
"""Where one of these says that a line has another line's id, no other rule judges that line."""

RULES: tuple[Aturan, ...] = (
    ACUAN,
    Aturan("berkas-sesuai-isi", _GALAT, _SOP2, worksheet_rules.berkas_sesuai_isi),
    Aturan("versi-sesuai", _GALAT, f"{_PK} dan {_DPA} yang berlaku", worksheet_rules.versi_sesuai),
    Aturan("milik-bidang", _GALAT, _SOP2, worksheet_rules.milik_bidang),
    Aturan("indikator-sesuai-rencana", _GALAT, _PK, worksheet_rules.indikator_sesuai_rencana),
    Aturan("indikator-tidak-hilang", _PERINGATAN, _PK, memory_rules.indikator_tidak_hilang),
    Aturan("target-sesuai-rencana", _GALAT, _PK, worksheet_rules.target_sesuai_rencana),
    Aturan("target-tidak-bergeser", _PERINGATAN, _PK, memory_rules.target_tidak_bergeser),
    Aturan("pagu-sesuai-dpa", _GALAT, _DPA, worksheet_rules.pagu_sesuai_dpa),
    Aturan("realisasi-lalu-sesuai", _GALAT, _SOP2, memory_rules.realisasi_lalu_sesuai),
    Aturan("realisasi-belum-diisi", _GALAT, _SOP3, explanation_rules.sudah_diisi),
    Aturan("nilai-tidak-hilang", _GALAT, _SOP4, memory_rules.nilai_tidak_hilang),
    Aturan("ralat-beralasan", _GALAT, _SOP4, memory_rules.ralat_beralasan),
    Aturan("realisasi-terbaca", _GALAT, _SOP4, quantity_rules.realisasi_terbaca),
    Aturan("angka-jelas", _GALAT, _SOP4, quantity_rules.angka_jelas),
    Aturan("realisasi-tidak-negatif", _GALAT, _SOP4, quantity_rules.realisasi_tidak_negatif),
    Aturan("bilangan-utuh", _GALAT, _SOP4, quantity_rules.bilangan_utuh),
    Aturan("hasil-bagi", _GALAT, _SOP4, quantity_rules.hasil_bagi_sama),
    Aturan("pembilang-dalam-penyebut", _GALAT, _SOP4, quantity_rules.pembilang_dalam_penyebut),
    Aturan("persen-dalam-batas", _GALAT, _SOP4, quantity_rules.persen_dalam_batas),
    Aturan("setahun-sesuai-triwulan", _GALAT, _SOP4, quantity_rules.setahun_sesuai_triwulan),
    Aturan("kumulatif-tidak-turun", _GALAT, _SOP4, quantity_rules.kumulatif_tidak_turun),
    Aturan("anggaran-dalam-pagu", _GALAT, f"{_DPA} dan {_SPJ}", money_rules.anggaran_dalam_pagu),
    Aturan("anggaran-tidak-turun", _GALAT, _SPJ, money_rules.anggaran_tidak_turun),
    Aturan("sesuai-spj", _GALAT, f"{_SPJ}, {_SOP3}", money_rules.sesuai_spj),
    Aturan("fisik-dalam-batas", _GALAT, _SOP4, money_rules.fisik_dalam_batas),
    Aturan("fisik-tidak-turun", _PERINGATAN, _SOP4, money_rules.fisik_tidak_turun),
    Aturan("belanja-tanpa-keluaran", _PERINGATAN, _SOP4, money_rules.belanja_tanpa_keluaran),
    Aturan("angka-melonjak", _PERINGATAN, _SOP4, explanation_rules.angka_melonjak),
    Aturan("penjelasan-wajib", _GALAT, _LKJ, explanation_rules.penjelasan_wajib),
    Aturan("penjelasan-lebih", _PERINGATAN, _LKJ, explanation_rules.penjelasan_lebih),
    Aturan("faktor-disebut", _PERINGATAN, _LKJ, explanation_rules.faktor_disebut),
    Aturan("tindak-lanjut-wajib", _GALAT, _LKJ, explanation_rules.tindak_lanjut_wajib),
    Aturan("penanggung-jawab-dikenal", _GALAT, "", explanation_rules.penanggung_jawab_dikenal),
    Aturan("tenggat-sesudah-periode", _GALAT, "", explanation_rules.tenggat_sesudah_periode),
    Aturan("narasi-tidak-disalin", _PERINGATAN, _LKJ, memory_rules.narasi_tidak_disalin),
    Aturan("bukti-ada", _PERINGATAN, _SOP3, evidence_rules.bukti_ada),
    Aturan("bukti-bernama", _GALAT, "", evidence_rules.bukti_bernama),
    Aturan("bukti-berisi", _GALAT, "", evidence_rules.bukti_berisi),
    Aturan("bukti-tidak-ganda", _PERINGATAN, "", evidence_rules.bukti_tidak_ganda),
    Aturan("bukti-sezaman", _PERINGATAN, "", evidence_rules.bukti_sezaman),
)

# The same ids as in RULES where the same rule holds for every file.
RULES_NASKAH: tuple[AturanNaskah, ...] = (
    AturanNaskah("letak-dikenal", _GALAT, "", file_rules.letak_dikenal),
    AturanNaskah("berkas-sesuai-isi", _GALAT, "", file_rules.isi_sesuai_letak),
    AturanNaskah("teks-bersih", _GALAT, "", file_rules.teks_bersih),
    AturanNaskah("tanpa-nomor-pribadi", _GALAT, "UU 27/2022", file_rules.tanpa_nomor_pribadi),
)

RULES_REPOSITORI: tuple[AturanRepositori, ...] = (
    AturanRepositori("id-unik", _GALAT, "", office_rules.id_unik),
    AturanRepositori("bidang-tetap", _GALAT, "", office_rules.bidang_tetap),
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
    AturanRepositori("versi-berdasar", _GALAT, _PK_DPA, plan_rules.versi_berdasar),
    AturanRepositori("versi-tetap", _GALAT, _PK_DPA, plan_memory_rules.versi_tetap),
    AturanRepositori("target-sejenis", _GALAT, _PK, plan_rules.target_sejenis),
    AturanRepositori("angka-rencana-jelas", _GALAT, "", plan_number_rules.angka_rencana_jelas),
    AturanRepositori("target-triwulan", _GALAT, _PK, target_rules.target_triwulan),
    AturanRepositori("target-renstra", _PERINGATAN, "Renstra", target_rules.target_renstra),
    AturanRepositori("persen-target", _GALAT, _PK, target_rules.persen_target),
    AturanRepositori("target-tetap", _GALAT, _PK, plan_memory_rules.target_tetap),
    AturanRepositori("pagu-tetap", _GALAT, _DPA, plan_memory_rules.pagu_tetap),
    AturanRepositori("rencana-tidak-hilang", _GALAT, _PK_DPA, plan_memory_rules.rencana_tidak_hilang),
    AturanRepositori("cara-hitung-tetap", _GALAT, _PK, plan_memory_rules.cara_hitung_tetap),
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
