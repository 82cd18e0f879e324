"""Two people, one worksheet: a merge field by field, never an overwrite.

It decides which fields each side changed since the common origin. Different fields merge;
the same field with two values is told, and nothing is written.
"""

from __future__ import annotations

from kinerja.adapters.yaml_splice import sama, sisip
from kinerja.adapters.yaml_strict import escape, muat
from kinerja.domain.errors import BentrokIsianError, TemuanError

_TIADA = object()


def gabung_isian(asal: bytes, punyaku: bytes, bersama: bytes) -> bytes:
    """The shared version with my changes laid over it.

    Args:
        asal: the bytes that my edit began from.
        punyaku: my edited bytes.
        bersama: what is saved now, perhaps by somebody else.

    Raises:
        TemuanError: my file cannot be read.
        BentrokIsianError: a field that I changed was changed differently by somebody else.
            Without any field when I changed which lines there are, and somebody else saved meanwhile.
    """
    if bersama in (asal, punyaku):
        return punyaku
    data = []
    for bita in (asal, punyaku, bersama):
        isi, temuan = muat(bita, "berkas Anda")
        if temuan:
            raise TemuanError("berkas Anda tidak dapat dibaca", temuan, "betulkan lebih dahulu")
        data.append(_ratakan(isi))
    dasar, aku, mereka = data
    beda = {k: v for k, v in aku.items() if not sama(v, dasar.get(k, _TIADA))}
    bentrok = {
        k: (v, mereka.get(k))
        for k, v in beda.items()
        if not sama(mereka.get(k, _TIADA), dasar.get(k, _TIADA)) and not sama(mereka.get(k, _TIADA), v)
    }
    saran = "berkas Anda tidak disentuh; ambil versi tersimpan, pilih nilainya, lalu simpan lagi"
    if bentrok:
        daftar = "; ".join(
            f"{k.lstrip('/')}: Anda `{v}`, tersimpan `{mereka.get(k, '(dihapus)')}`"
            for k, (v, _) in bentrok.items()
        )
        raise BentrokIsianError(f"orang lain sudah menyimpan isian yang sama — {daftar}", bentrok, saran)
    if set(aku) != set(dasar):
        pesan = "orang lain sudah menyimpan isian yang sama — susunan barisnya berbeda"
        raise BentrokIsianError(pesan, {}, saran)
    return sisip(bersama, beda)


def _ratakan(data: object, penunjuk: str = "") -> dict[str, object]:
    """Pointer → value; tindak_lanjut and bukti are one value each."""
    if isinstance(data, dict) and not penunjuk.endswith(("/tindak_lanjut", "/target")):
        gabung: dict[str, object] = {}
        for k, v in data.items():
            gabung |= _ratakan(v, f"{penunjuk}/{escape(str(k))}")
        return gabung
    if isinstance(data, list) and not penunjuk.endswith("/bukti"):
        gabung = {}
        for i, v in enumerate(data):
            gabung |= _ratakan(v, f"{penunjuk}/{i}")
        return gabung
    return {penunjuk: data}
