"""An agency on one computer: its folder, its bare repository, its keys, what goes out.

It decides where things lie (``repositori.git``, ``kunci/``, ``keluar/``) and writes an
agency's first state, which it logs as such. Private keys stay outside Git.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kinerja.adapters import package_data
from kinerja.adapters.files import tulis_atomik
from kinerja.adapters.git import Pelaku, RepoGit
from kinerja.adapters.keys import KunciPribadi, muat_kunci
from kinerja.adapters.local_forge import ForgeLokal, Rencana
from kinerja.adapters.refs import UTAMA
from kinerja.adapters.reports import Reports
from kinerja.adapters.repository_folder import cari_repositori
from kinerja.adapters.ssh_agent import AGEN, KunciLewatAgen
from kinerja.adapters.trees import PohonIsi
from kinerja.adapters.yaml_splice import sisip
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.peristiwa import berkas_dari
from kinerja.domain.tata_kelola import Tindakan
from kinerja.session import Sesi

_BACA_SAYA = """Folder ini milik kinerja.

repositori.git  data, riwayat, dan log persetujuan (cadangkan folder ini)
kunci           kunci pribadi untuk menandatangani; jangan dibagikan, jangan masuk Git
keluar          arsip dan situs yang dibuat

Mulai: kinerja status
"""


@dataclass(frozen=True, slots=True)
class Instansi:
    """An agency's folder on this computer."""

    folder: Path
    git: Path

    @property
    def kunci(self) -> Path:
        """Folder of private keys."""
        return self.folder / "kunci"

    @property
    def keluar(self) -> Path:
        """Folder of what is made: archives and the site."""
        return self.folder / "keluar"

    def forge(self) -> ForgeLokal:
        """The local forge."""
        return ForgeLokal(RepoGit(self.git))

    def sesi(
        self,
        forge: ForgeLokal,
        orang: str,
        saat: datetime,
        kunci: Path | str | None = None,
        sandi: str | None = None,
    ) -> Sesi:
        """A sitting of one person, with the key of that name unless another is given.

        Args:
            kunci: a private key file; a ``.pub`` file of a key in the agent; or
                :data:`~kinerja.adapters.ssh_agent.AGEN`, the person's registered key there.

        Raises:
            SandiPerluError: the key is locked and ``sandi`` was not given.
        """
        if kunci == AGEN:
            r = forge.reports()
            milik, hari = r.identitas().cari(orang), saat.astimezone(r.zona()).date()
            terdaftar = (k.publik for k in (milik.kunci if milik else ()) if k.berlaku(hari))
            return Sesi(forge, orang, KunciLewatAgen.pilih(terdaftar, orang), saat)
        berkas = Path(kunci) if kunci else self.kunci / orang
        return Sesi(forge, orang, muat_kunci(berkas, orang, sandi), saat)


def cari_instansi(mulai: Path) -> Instansi:
    """The agency that a folder belongs to: itself or the nearest parent.

    Raises:
        PemakaianError: nothing that looks like one.
    """
    letak = cari_repositori(mulai)
    return Instansi(letak.folder, letak.git)


def buat_instansi(folder: Path, isi: Mapping[str, bytes], pengelola: str, saat: datetime) -> Instansi:
    """Makes an agency's repository from its first documents, with a key for everybody.

    Args:
        isi: ``reports/…`` → bytes; persons in ``identitas.yaml`` without a key get one.
        pengelola: the person who becomes the first administrator.

    Raises:
        PemakaianError: the folder is not empty.
    """
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()):
        raise PemakaianError(f"folder {folder} tidak kosong", "pilih folder baru")
    instansi = Instansi(folder, folder / "repositori.git")
    instansi.kunci.mkdir(parents=True, mode=0o700)
    lengkap = {**_rangka(), **isi}
    lengkap["reports/identitas.yaml"] = _beri_kunci(instansi, lengkap, saat)
    Reports(PohonIsi(lengkap)).konteks()
    repo = RepoGit.buat(instansi.git)
    orang = Reports(PohonIsi(lengkap)).identitas().cari(pengelola)
    if orang is None:
        raise KinerjaError(f"pengelola `{pengelola}` tidak ada di identitas.yaml")
    awal = repo.tulis_commit(
        [], lengkap, "Keadaan awal\n\nDitulis oleh: kinerja init\n",
        Pelaku(orang.nama, f"{orang.id}@kinerja.invalid"), saat,
    )  # fmt: skip
    repo.pindah_ref(UTAMA, awal, None, "init")
    sesi = instansi.sesi(instansi.forge(), pengelola, saat)
    p = sesi.peristiwa(
        "mulai", Tindakan.MULAI, sesi.sebagai("pengelola-sistem"),
        [berkas_dari(j, b) for j, b in sorted(lengkap.items()) if j.startswith("reports/")],
        kepala=awal,
    )  # fmt: skip
    sesi.catat(Rencana(p, "Mulai"))
    tulis_atomik(folder / "BACA-SAYA.txt", _BACA_SAYA.encode())
    return instansi


def instansi_baru(
    nama: str, daerah: str, zona: str, bidang: Mapping[str, str], pengelola: tuple[str, str]
) -> dict[str, bytes]:
    """First documents of an agency that starts empty: offices vacant but for the administrator.

    Args:
        bidang: id → name; a Sekretariat is always there.
        pengelola: (person id, name) of the first administrator.
    """
    contoh = package_data.contoh_boalemo()
    ada = {"sekretariat": "Sekretariat", **bidang}
    jabatan = {"kepala-dinas": "Kepala Dinas", "sekretaris": "Sekretaris",
               "kasubag-program": "Kasubag Penyusun Program",
               "pengelola-sistem": "Pengelola Sistem"}  # fmt: skip
    for i, n in ada.items():
        jabatan |= {f"kasie:{i}": f"Kasie / Kasubag pada {n}"}
        jabatan |= {} if i == "sekretariat" else {f"kabid:{i}": f"Kepala {n}"}
    hasil = {
        f"reports/{n}.yaml": _tanpa_contoh(contoh[f"reports/{n}.yaml"])
        for n in ("kebijakan", "sop", "kalender")
    }
    ganti: dict[str, dict[str, Any]] = {
        "organisasi": {
            "/status": "resmi", "/nama": nama, "/nama_singkat": nama[:60], "/daerah": daerah,
            "/pemerintah": f"Pemerintah {daerah}", "/tempat": daerah, "/alamat": BELUM_DITETAPKAN,
            "/kop_surat": [f"PEMERINTAH {daerah.upper()}", nama.upper()],
            "/kode_wilayah": {"bps": BELUM_DITETAPKAN, "kemendagri": BELUM_DITETAPKAN},
            "/zona_waktu": zona, "/penerima/nama": f"BAPPEDA {daerah}", "/catatan": None,
            "/bidang": [
                {"id": i, "nama": n, "pengisi": f"kasie:{i}",
                 "pemeriksa": "sekretaris" if i == "sekretariat" else f"kabid:{i}"}
                for i, n in ada.items()
            ],
        },
        "jabatan": {
            "/jabatan": [{"id": i, "nama": n} for i, n in jabatan.items()],
            "/pemangku": [
                {"jabatan": "pengelola-sistem", "orang": pengelola[0], "sebutan": "definitif",
                 "mulai": "2020-01-01", "selesai": None, "dasar": None}
            ],
        },
        "identitas": {
            "/orang": [
                {"id": pengelola[0], "nama": pengelola[1], "nip": None, "pangkat": None,
                 "surel": [], "kunci": [], "akun": []}
            ],
            "/penerima/0/nama": f"BAPPEDA {daerah}",
        },
    }  # fmt: skip
    for nama_berkas, nilai in ganti.items():
        jalur = f"reports/{nama_berkas}.yaml"
        baru = sisip(contoh[jalur], nilai)
        hasil[jalur] = _tanpa_contoh(baru)
    return hasil


# helpers


def _tanpa_contoh(bita: bytes) -> bytes:
    """A sample document without the comment that marks its content as invented."""
    return b"\n".join(b for b in bita.split(b"\n") if not b.startswith(b"# DATA CONTOH"))


def _rangka() -> dict[str, bytes]:
    """What every agency's repository has beside its documents."""
    skema = {f"schemas/{n}": b for n, b in package_data.skema().items()}
    return {**skema, **package_data.halaman_situs()}


def _beri_kunci(instansi: Instansi, isi: Mapping[str, bytes], saat: datetime) -> bytes:
    jalur = "reports/identitas.yaml"
    reports = Reports(PohonIsi(isi))
    identitas = reports.identitas()
    hari = saat.astimezone(reports.zona()).date().isoformat()
    baru: dict[str, object] = {}
    for i, o in enumerate(identitas.orang):
        if not o.kunci:
            kunci = KunciPribadi.buat(instansi.kunci / o.id, o.id)
            baru[f"/orang/{i}/kunci"] = [{"publik": kunci.publik, "mulai": hari, "selesai": None}]
    return sisip(isi[jalur], baru)
