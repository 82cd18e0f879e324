"""How an agency begins: its first documents, its keys, and its first event; or a clone of what is.

The first state is written as it is given and logged as such; what comes after needs approvals.
Private keys stay outside Git.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kinerja.adapters import package_data
from kinerja.adapters.files import tulis_atomik
from kinerja.adapters.forges.connection import Sambungan, hubungkan
from kinerja.adapters.git import Pelaku, RepoGit
from kinerja.adapters.git_tree import PohonGit
from kinerja.adapters.keys import KunciPribadi
from kinerja.adapters.local_forge import Rencana
from kinerja.adapters.refs import UTAMA
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonIsi
from kinerja.adapters.yaml_splice import sisip
from kinerja.agency import PENGAMAT, Instansi
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.peristiwa import berkas_dari
from kinerja.domain.tata_kelola import Tindakan

_ALAT = (
    ".github/", "schemas/", "site/", "tooling/", ".gitattributes", ".gitignore", "LICENSE", "README.md",
    "mkdocs.yml", "pyproject.toml", "requirements.lock",
)  # fmt: skip
"""What a workflow needs to install the tool and build the site."""
_BUKAN_ALAT = (".github/workflows/tests.yml",)
"""The tool's own tests stay with the tool."""
_BACA_SAYA = """Folder ini milik kinerja.

repositori.git  data, riwayat, dan log persetujuan (cadangkan folder ini)
kunci           kunci pribadi untuk menandatangani; jangan dibagikan, jangan masuk Git
keluar          arsip dan situs yang dibuat

Mulai: kinerja status
"""


def buat_instansi(folder: Path, isi: Mapping[str, bytes], pengelola: str, saat: datetime) -> Instansi:
    """Makes an agency's repository from its first documents, with a key for everybody.

    Args:
        isi: ``reports/…`` → bytes; persons in ``identitas.yaml`` without a key get one.
        pengelola: the person who becomes the first administrator.

    Raises:
        PemakaianError: the folder is not empty.
    """
    instansi = _folder_baru(folder)
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
    tulis_atomik(instansi.folder / "BACA-SAYA.txt", _BACA_SAYA.encode())
    return instansi


def klon_instansi(folder: Path, s: Sambungan) -> Instansi:
    """An agency's folder from its repository on a forge; its fetch brings the log as well.

    Raises:
        PemakaianError: the folder is not empty, or the repository on the forge is.
    """
    instansi = _folder_baru(folder)
    repo = RepoGit.buat(instansi.git)
    hubungkan(repo, s)
    instansi.forge().segarkan()
    if repo.ref(UTAMA) is None:
        raise PemakaianError(
            "repositori di forge masih kosong", "sambungkan instansi yang sudah ada: kinerja forge sambung"
        )
    tulis_atomik(instansi.folder / "BACA-SAYA.txt", _BACA_SAYA.encode())
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


def isi_alat(klon: Path) -> dict[str, bytes]:
    """The tool itself, as the last commit of a clone of its repository has it; no documents, no tests.

    A workflow installs the tool from main, so an agency on a forge keeps it beside its documents,
    where it changes only by approval.

    Raises:
        PemakaianError: the folder is no clone of the tool.
    """
    ada = RepoGit.di_folder(klon)
    commit = ada[0].commit("HEAD") if ada else None
    isi = PohonGit(ada[0], commit).muat_semua("") if ada and commit else {}
    if "tooling/kinerja/founding.py" not in isi:
        raise PemakaianError(f"{klon} bukan klon repositori kinerja", "klon dahulu repositorinya")
    return {j: b for j, b in isi.items() if j.startswith(_ALAT) and j not in _BUKAN_ALAT}


# helpers


def _folder_baru(folder: Path) -> Instansi:
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()):
        raise PemakaianError(f"folder {folder} tidak kosong", "pilih folder baru")
    instansi = Instansi(folder, folder / "repositori.git")
    instansi.kunci.mkdir(parents=True, mode=0o700)
    return instansi


def _tanpa_contoh(bita: bytes) -> bytes:
    """A sample document without the comment that marks its content as invented."""
    return b"\n".join(b for b in bita.split(b"\n") if not b.startswith(b"# DATA CONTOH"))


def _rangka() -> dict[str, bytes]:
    """What every agency's repository has beside its documents."""
    skema = {f"schemas/{n}": b for n, b in package_data.skema().items()}
    return {**skema, **package_data.halaman_situs(), **package_data.formulir_forge()}


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
    for i, pengamat in enumerate(identitas.pengamat):
        if not pengamat.kunci and pengamat.id == PENGAMAT:
            kunci = KunciPribadi.buat(instansi.kunci / PENGAMAT, PENGAMAT)
            baru[f"/pengamat/{i}/kunci"] = [{"publik": kunci.publik, "mulai": hari, "selesai": None}]
    return sisip(isi[jalur], baru)
