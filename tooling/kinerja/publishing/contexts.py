"""The governing documents inside an archive: bound to their sources, and as of each act's day.

It decides that every JSON twin is bound to its YAML by digest, and gives the offices,
identities and rules by which an act is to be judged. What the acts amount to is ``replay``'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta, timezone
from functools import partial
from hashlib import sha256

from kinerja.domain.errors import KinerjaError
from kinerja.domain.organisasi import DaftarIdentitas, DaftarJabatan, Organisasi
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import ACUAN, Berkas, Peristiwa
from kinerja.domain.putusan import Baris, Putus
from kinerja.domain.tata_kelola import PERSETUJUAN, Kebijakan
from kinerja.domain.zona import ZONA_JAM
from kinerja.publishing.bag import KEMBAR
from kinerja.publishing.twins import Kembar, baca_kembar, bangun, polos_json
from kinerja.workflow.verdict import Konteks

POKOK_KEMBAR = "kembar JSON"
KELIRU = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    KinerjaError,
)

_WAJIB: dict[str, type] = {
    "kebijakan": Kebijakan,
    "jabatan": DaftarJabatan,
    "identitas": DaftarIdentitas,
    "organisasi": Organisasi,
}
_ACUAN = re.compile(r"acuan/[0-9a-f]{64}")

Isi = Mapping[str, bytes]
Muat = Callable[[bytes], object]


def baca_konteks(isi: Isi) -> Konteks:
    """What the base branch said, from the twins; raises ValueError when they do not fit."""
    return _konteks({f"reports/{n}.yaml": kembar_dari(isi, n).isi for n in _WAJIB})


class KonteksLog:
    """The offices, identities and rules of each act's own day, from the twins.

    Args:
        isi: the archive's files.
        dasar: the context of the statement, for acts that decide nothing and name no acuan.
    """

    def __init__(self, isi: Isi, dasar: Konteks) -> None:
        self._isi = isi
        self._dasar = dasar
        self._ada: dict[tuple[Berkas, ...], Konteks] = {}

    def saat(self, p: Peristiwa) -> Konteks:
        """The context of one act; raises ValueError when its documents are not in the archive."""
        if not p.acuan and p.tindakan not in PERSETUJUAN:
            return self._dasar
        if p.acuan not in self._ada:
            self._ada[p.acuan] = self._baca(p)
        return self._ada[p.acuan]

    def _baca(self, p: Peristiwa) -> Konteks:
        nama = {b.jalur: nama_kembar(f"acuan/{b.sha256}") for b in p.acuan}
        if sorted(nama) != sorted(ACUAN) or not all(n in self._isi for n in nama.values()):
            raise ValueError(f"acuan peristiwa {p.urut} tidak lengkap dalam arsip")
        return _konteks({j: baca_kembar(self._isi[n]).isi for j, n in nama.items()})


def periksa_kembar(isi: Isi, periode: Periode, muat: Muat | None = None) -> tuple[Baris, ...]:
    """Whether every twin is bound to its YAML source.

    Args:
        muat: reads YAML into plain data; with it the contents are compared too.
    """
    jalur = {n: f"reports/{n}.yaml" for n in _WAJIB} | {"laporan": f"{periode.folder}/laporan.yaml"}
    cacat: list[str] = [f"`{KEMBAR}{n}.json` tidak ada" for n in _WAJIB if nama_kembar(n) not in isi]
    for nama in sorted(n for n in isi if n.startswith(KEMBAR)):
        kunci = nama.removeprefix(KEMBAR).removesuffix(".json")
        if _ACUAN.fullmatch(kunci):
            jalur[kunci] = f"{kunci}.yaml"
        if kunci not in jalur or nama != nama_kembar(kunci):
            cacat.append(f"`{nama}` bukan kembar yang dikenal")
            continue
        try:
            cacat += _cacat_kembar(isi, kunci, jalur[kunci], muat)
        except KELIRU as e:
            cacat.append(f"`{nama}` tidak terbaca: {e}")
    if cacat:
        return tuple(Baris(Putus.TIDAK_SAH, POKOK_KEMBAR, c) for c in cacat)
    cara = "sidik dan isinya" if muat else "sidiknya"
    alasan = f"kebijakan, jabatan, identitas, dan organisasi sama dengan sumbernya ({cara})"
    return (Baris(Putus.SAH, POKOK_KEMBAR, alasan),)


# helpers


def nama_kembar(kunci: str) -> str:
    return f"{KEMBAR}{kunci}.json"


def kembar_dari(isi: Isi, kunci: str) -> Kembar:
    return baca_kembar(isi[nama_kembar(kunci)])


def _cacat_kembar(isi: Isi, kunci: str, jalur: str, muat: Muat | None) -> Iterator[str]:
    k = kembar_dari(isi, kunci)
    sumber = isi.get(f"data/{jalur}")
    if k.jalur != jalur or sumber is None:
        yield f"`{nama_kembar(kunci)}` menyebut sumber `{k.jalur}`, seharusnya `{jalur}` dalam arsip"
    elif sha256(sumber).hexdigest() != k.sha256 or kunci.startswith("acuan/") != kunci.endswith(k.sha256):
        yield f"`{nama_kembar(kunci)}` tidak terikat pada isi `{jalur}` yang ada dalam arsip"
    elif muat is not None:
        asli, salinan = polos_json(muat(sumber)), k.isi
        tipe = _tipe(kunci, salinan)
        bentuk = _inti if tipe is None else partial(bangun, tipe)
        if bentuk(asli) != bentuk(salinan):
            yield f"isi `{nama_kembar(kunci)}` berbeda dari `{jalur}`"


def _tipe(kunci: str, salinan: object) -> type | None:
    """The document's class: by its name, or for an acuan by the schema that it says."""
    if _ACUAN.fullmatch(kunci):
        kunci = str(salinan.get("skema")).partition("/")[0] if isinstance(salinan, dict) else ""
        if kunci not in _WAJIB:
            raise ValueError("bukan dokumen tata kelola")
    return _WAJIB.get(kunci)


def _inti(laporan: object) -> object:
    """What the replay uses of a report; its figures may be written in two ways."""
    if not isinstance(laporan, dict):
        raise ValueError("bukan laporan")
    return [laporan.get(k) or [] for k in ("versi", "status", "masukan", "tanpa")]


def _konteks(isi: Mapping[str, object]) -> Konteks:
    organisasi = bangun(Organisasi, isi["reports/organisasi.yaml"])
    jam = ZONA_JAM.get(organisasi.zona_waktu)
    if jam is None:
        raise ValueError(f"zona waktu `{organisasi.zona_waktu}` tidak dikenal")
    return Konteks(
        bangun(Kebijakan, isi["reports/kebijakan.yaml"]),
        organisasi,
        bangun(DaftarJabatan, isi["reports/jabatan.yaml"]),
        bangun(DaftarIdentitas, isi["reports/identitas.yaml"]),
        timezone(timedelta(hours=jam)),
    )
