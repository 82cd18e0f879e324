"""Whether the people of an agency can act on its forge: offices, accounts, logins, the observer.

It decides who is missing and what to do; it leaves out whether an act would count (``approvals``).

Example:
    >>> [d.kode for d in periksa_pemangku(konteks, hari, "github", {})]
    ['jabatan:kosong:kepala-dinas']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kinerja.domain.organisasi import Orang, pemangku_sah
from kinerja.workflow.codeowners import PENGELOLA, TEMPAT, Beda
from kinerja.workflow.forge_doctor import KUNCI_PENGAMAT, Diagnosa, Fakta, Tanda
from kinerja.workflow.forge_settings import LINGKUNGAN
from kinerja.workflow.verdict import Konteks


def jabatan_kebijakan(konteks: Konteks) -> tuple[str, ...]:
    """Every office that the policy needs, in its order, for each bidang."""
    pola = [
        j
        for a in konteks.kebijakan.persetujuan
        for j in (*(x.jabatan for x in a.langkah), *a.pengusul)
    ]  # fmt: skip
    hasil: dict[str, None] = {}
    for j in pola:
        isian = [("{bidang}", "id"), ("{pengisi}", "pengisi"), ("{pemeriksa}", "pemeriksa")]
        if not any(p in j for p, _ in isian):
            hasil[j] = None
            continue
        for b in konteks.organisasi.bidang:
            terisi = j
            for p, n in isian:
                terisi = terisi.replace(p, getattr(b, n))
            hasil[terisi] = None
    return (*hasil, *(() if PENGELOLA in hasil else (PENGELOLA,)))


def periksa_pemangku(
    konteks: Konteks, hari: date, forge: str, akun: Mapping[int, str | None]
) -> Iterator[Diagnosa]:
    """Offices without a holder; holders without a key or an account that still is there."""
    baik, orang = 0, set()
    for j in jabatan_kebijakan(konteks):
        p = pemangku_sah(konteks.jabatan, j, hari)
        nama = konteks.jabatan.nama(j)
        if p is None:
            saran = "isi jabatan.yaml; untuk sementara tunjuk Plt. atau Plh. dengan nomor suratnya"
            yield Diagnosa(Tanda.SALAH, f"jabatan:kosong:{j}", f"{nama} kosong", saran)
            continue
        if p.orang in orang:
            continue
        orang.add(p.orang)
        o = konteks.identitas.cari(p.orang)
        kurang = list(_kurang(o, p.orang, f"{p.sebutan.awalan}{nama}", hari, forge, akun))
        baik += not kurang
        yield from kurang
    if baik:
        teks = f"{baik} pemangku jabatan punya akun {forge} yang masih ada"
        yield Diagnosa(Tanda.BAIK, "jabatan:akun", teks)


def periksa_codeowners(
    forge: str, tertulis: Mapping[int, str], perbedaan: Beda | None, f: Fakta, *, ada: bool
) -> Iterator[Diagnosa]:
    """CODEOWNERS in main: there, fresh, and each login still with the person that it was."""
    jalur, saran = TEMPAT[forge], "kinerja forge codeowners --tulis"
    if not ada:
        yield Diagnosa(Tanda.SALAH, "codeowners:belum", f"{jalur} belum ada di main", saran)
        return
    cacat = False
    for nomor, login in tertulis.items():
        kini, pemilik = f.akun.get(nomor, login), f.login.get(login, nomor)
        if pemilik not in (nomor, None):
            teks = f"login {login} dalam {jalur} kini milik akun lain (nomor {pemilik}, bukan {nomor})"
        elif kini != login:
            teks = f"akun nomor {nomor} dalam {jalur} bernama {login}; kini {kini or 'tidak ada lagi'}"
        else:
            continue
        cacat = True
        yield Diagnosa(Tanda.SALAH, f"codeowners:login:{login}", teks, saran)
    if perbedaan is not None:
        cacat = True
        ada_, ingin = perbedaan.ada or "", perbedaan.seharusnya or ""
        teks = f"{jalur} basi, baris {perbedaan.baris}: `{ada_}`, seharusnya `{ingin}`"
        yield Diagnosa(Tanda.SALAH, "codeowners:basi", teks, saran)
    for c in f.cacat_codeowners:
        teks = f"{jalur} menurut forge: {c}"
        yield Diagnosa(Tanda.CATATAN, "codeowners:forge", teks, "beri akun itu hak menulis (Write)")
    if not cacat:
        yield Diagnosa(Tanda.BAIK, "codeowners", f"{jalur} cocok dengan kebijakan dan jabatan")


def periksa_pengamat(
    konteks: Konteks, hari: date, kunci_sini: str | None, f: Fakta, *, forge: str
) -> Iterator[Diagnosa]:
    """The observer's key: registered, and in somebody's hands.

    Args:
        kunci_sini: public key of the observer's key that is at hand; None when there is none.
    """
    terdaftar = [k.publik for x in konteks.identitas.pengamat for k in x.kunci if k.berlaku(hari)]
    if not terdaftar:
        yield Diagnosa(
            Tanda.SALAH, "pengamat:belum", "identitas.yaml belum memuat kunci pengamat yang berlaku",
            "tanpa itu pendapat di forge tidak dapat dicatat: buat kuncinya, daftarkan bagian `pengamat`",
        )  # fmt: skip
        return
    di_forge = isinstance(f.rahasia_lingkungan, tuple) and KUNCI_PENGAMAT in f.rahasia_lingkungan
    if kunci_sini is not None and _inti(kunci_sini) not in {_inti(k) for k in terdaftar}:
        yield Diagnosa(
            Tanda.SALAH, "pengamat:lain", "kunci pengamat di sini bukan yang terdaftar dalam identitas.yaml",
            "daftarkan kunci publiknya, atau pakai kunci yang terdaftar",
        )  # fmt: skip
    elif kunci_sini is not None or di_forge:
        tempat = f"lingkungan `{LINGKUNGAN}` di forge" if di_forge else "di sini"
        yield Diagnosa(Tanda.BAIK, "pengamat", f"kunci pengamat terdaftar dan ada {tempat}")
    else:
        tempat = f"lingkungan `{LINGKUNGAN}` atau " if forge == "github" else ""
        yield Diagnosa(
            Tanda.SALAH, "pengamat:tiada", "kunci pengamat tidak ada di sini dan tidak terlihat di forge",
            f"taruh di {tempat}kunci/pengamat pada komputer yang menjalankan kinerja check-approvals",
        )  # fmt: skip


# helpers


def _inti(publik: str) -> tuple[str, ...]:
    """A public key without its comment."""
    return tuple(publik.split()[:2])


def _kurang(
    o: Orang | None, id_orang: str, jabatan: str, hari: date, forge: str, akun: Mapping[int, str | None]
) -> Iterator[Diagnosa]:
    if o is None:
        teks = f"{jabatan}: {id_orang} tidak ada dalam identitas.yaml"
        yield Diagnosa(Tanda.SALAH, f"orang:tak-dikenal:{id_orang}", teks, "tambahkan orangnya")
        return
    siapa = f"{o.nama}, {jabatan}"
    milik = [a.nomor for a in o.akun if a.forge == forge and a.berlaku(hari)]
    hilang = [n for n in milik if n in akun and akun[n] is None]
    for n in hilang:
        teks = f"{siapa}: akun {forge} nomor {n} tidak ada lagi"
        yield Diagnosa(Tanda.SALAH, f"akun:hilang:{o.id}", teks, "perbarui `akun` dalam identitas.yaml")
    if milik:
        return
    if any(k.berlaku(hari) for k in o.kunci):
        teks = f"{siapa}: belum punya akun {forge}, hanya dapat bertindak dengan kuncinya di baris perintah"
        saran = "tambahkan `akun` bila ia akan memakai halaman forge"
        yield Diagnosa(Tanda.CATATAN, f"akun:belum:{o.id}", teks, saran)
    else:
        teks = f"{siapa}: tanpa kunci dan tanpa akun {forge}, tidak dapat menyetujui apa pun"
        saran = "tambahkan `akun` dalam identitas.yaml"
        yield Diagnosa(Tanda.SALAH, f"orang:tanpa-jati-diri:{o.id}", teks, saran)
