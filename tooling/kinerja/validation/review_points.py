"""The review form: every point that data can answer, in its order (PermenPANRB 53/2014 Lampiran III).

A point is a function of ``review_format``, ``review_mechanism`` or ``review_substance``; its
docstring is the point, in our words: the official text was not at hand. It says *ya* only when
every part that data can show is there, *tidak* with the list of what is missing, and *perlu
dinilai* where a person must judge, with what the data show towards it.

Example: 11 of 12 indikator with a definition and a data source → III.6 *tidak*, naming the twelfth.
"""

from __future__ import annotations

from collections.abc import Callable

from kinerja.domain.reviu import HasilButir, HasilReviu, KelompokReviu
from kinerja.validation import review_format, review_mechanism, review_substance
from kinerja.validation.context import bunyi
from kinerja.validation.review_material import Bahan, Jawab

_F, _M, _S = KelompokReviu.FORMAT, KelompokReviu.MEKANISME, KelompokReviu.SUBSTANSI
BUTIR: tuple[tuple[str, KelompokReviu, Callable[[Bahan], Jawab]], ...] = (
    ("I.1", _F, review_format.data_instansi),
    ("I.2", _F, review_format.informasi_target),
    ("I.3", _F, review_format.capaian_memadai),
    ("I.4", _F, review_format.lampiran),
    ("I.5", _F, review_format.upaya_perbaikan),
    ("I.6", _F, review_format.akuntabilitas_keuangan),
    ("II.1", _M, review_mechanism.disusun_unit_bertugas),
    ("II.2", _M, review_mechanism.didukung_data),
    ("II.3", _M, review_mechanism.mekanisme_penyampaian),
    ("II.4", _M, review_mechanism.penanggung_jawab),
    ("II.5", _M, review_mechanism.keandalan),
    ("II.6", _M, review_mechanism.analisis_diketahui),
    ("II.7", _M, review_mechanism.dari_bawah),
    ("III.1", _S, review_substance.sasaran_sesuai_pk),
    ("III.2", _S, review_substance.sasaran_sesuai_renstra),
    ("III.3", _S, review_substance.iku),
    ("III.4", _S, review_substance.dibandingkan),
    ("III.5", _S, review_substance.indikator_cukup),
    ("III.6", _S, review_substance.smart),
)
"""Every point, in the order of the form."""


def reviu(b: Bahan) -> HasilReviu:
    """The whole form, answered as far as data can."""
    return HasilReviu(
        b.periode.id,
        tuple(HasilButir(n, k, bunyi(periksa), *periksa(b)) for n, k, periksa in BUTIR),
    )
