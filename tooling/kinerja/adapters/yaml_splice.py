"""The one YAML writer for files that people wrote: replaces values, keeps every other byte.

It decides how a value is written in place. A changed scalar changes its own line only;
comments, order, line ends and quoting elsewhere stay. After splicing the text is read again
and compared with what was wanted, else nothing is written.

Example:
    >>> sisip(b"a: 1  # satu\\n", {"/a": 2})
    b'a: 2  # satu\\n'
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal

import yaml

from kinerja.adapters.yaml_strict import escape, muat, skalar
from kinerja.domain.errors import KinerjaError

_HURUF_KUTIP = set("!&*?|>'\"%@`#,[]{}:-~=<\\")


def sisip(bita: bytes, perubahan: Mapping[str, object]) -> bytes:
    """Replaces the values at some JSON pointers.

    Args:
        bita: a document that the strict reader accepts.
        perubahan: pointer → new value (scalar, list or mapping of plain data).

    Returns:
        The new bytes; the same bytes when no value differs.

    Raises:
        KinerjaError: when a pointer does not exist or the result would not read back.
    """
    data, temuan = muat(bita, "")
    if temuan:
        raise KinerjaError(f"berkas tidak dapat dibaca: {temuan[0].pesan}", temuan[0].tindakan)
    beda = {p: v for p, v in perubahan.items() if not sama(_ambil(data, p), v)}
    if not beda:
        return bita
    bom = b"\xef\xbb\xbf" if bita.startswith(b"\xef\xbb\xbf") else b""
    teks = bita.decode("utf-8-sig")
    eol = "\r\n" if "\r\n" in teks else "\n"
    simpul = _simpul(teks)
    letak = sorted(((simpul[p], p) for p in beda), key=lambda x: -x[0][0].start_mark.index)
    for (s, induk_kolom), penunjuk in letak:
        awal, akhir = _batas(teks, s)
        baru = _tulis_nilai(beda[penunjuk], induk_kolom, eol)
        if awal == akhir and awal and teks[awal - 1] not in " \n":
            baru = " " + baru
        if baru.startswith((eol, "\n")):
            while awal and teks[awal - 1] == " ":
                awal -= 1
        teks = teks[:awal] + baru + teks[akhir:]
    hasil = bom + teks.encode()
    harapan = deepcopy(data)
    for penunjuk, v in beda.items():
        harapan = _pasang(harapan, penunjuk, v)
    ulang, temuan = muat(hasil, "")
    if temuan or not sama(ulang, harapan):
        raise KinerjaError(
            "nilai ini tidak dapat disisipkan dengan aman", "sunting berkasnya langsung, lalu simpan"
        )
    return hasil


def sama(a: object, b: object) -> bool:
    """Equality of plain data that tells 1 from 1.0 from true and 97.5 from 97.50."""
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(sama(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(sama(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, Decimal) or isinstance(b, Decimal):
        return type(a) is type(b) and str(a) == str(b)
    return type(a) is type(b) and a == b


def tulis_skalar(nilai: object) -> str:
    """A scalar on one line, so that the strict reader gives the same value back."""
    if nilai is None:
        return "null"
    if isinstance(nilai, bool):
        return "true" if nilai else "false"
    if isinstance(nilai, int):
        return str(nilai)
    if isinstance(nilai, Decimal):
        return f"{nilai:f}"
    teks = str(nilai)
    return teks if _polos(teks) else _kutip(teks)


# helpers


def _polos(teks: str) -> bool:
    if not teks or teks != teks.strip() or teks[0] in _HURUF_KUTIP or not teks.isprintable():
        return False
    if ": " in teks or " #" in teks or teks.endswith(":"):
        return False
    return skalar(teks) is teks and not any(c in teks for c in "\u2028\u2029\u0085")


def _kutip(teks: str) -> str:
    hasil = json.dumps(teks, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == " " else _lolos(c) for c in hasil)


def _lolos(c: str) -> str:
    return f"\\u{ord(c):04X}" if ord(c) <= 0xFFFF else f"\\U{ord(c):08X}"  # noqa: PLR2004


def _simpul(teks: str) -> dict[str, tuple[yaml.Node, int]]:
    """Pointer → node and the column of the key (or dash) that it belongs to."""
    hasil: dict[str, tuple[yaml.Node, int]] = {}

    def jelajah(s: yaml.Node, penunjuk: str, kolom: int) -> None:
        hasil[penunjuk] = (s, kolom)
        if isinstance(s, yaml.MappingNode):
            for k, v in s.value:
                jelajah(v, f"{penunjuk}/{escape(str(k.value))}", k.start_mark.column)
        elif isinstance(s, yaml.SequenceNode):
            for i, v in enumerate(s.value):
                jelajah(v, f"{penunjuk}/{i}", max(s.start_mark.column, 0))

    # The pure-Python composer gives character indexes, which libyaml's marks do not.
    akar = yaml.compose(teks, Loader=yaml.SafeLoader)
    if akar is not None:
        jelajah(akar, "", 0)
    return hasil


def _batas(teks: str, s: yaml.Node) -> tuple[int, int]:
    """Start and end of a node's own text; a block collection ends at its last leaf."""
    awal = s.start_mark.index
    if isinstance(s, yaml.ScalarNode):
        akhir = s.end_mark.index
        if s.style in ("|", ">"):
            while akhir > awal and teks[akhir - 1] in "\r\n ":
                akhir -= 1
        return awal, akhir
    if s.flow_style or not s.value:
        return awal, s.end_mark.index
    terakhir = s.value[-1][1] if isinstance(s, yaml.MappingNode) else s.value[-1]
    return awal, _batas(teks, terakhir)[1]


def _tulis_nilai(nilai: object, kolom: int, eol: str) -> str:
    if isinstance(nilai, dict | list | tuple) and nilai:
        return eol + eol.join(tulis_blok(nilai, kolom + 2))
    if isinstance(nilai, dict):
        return "{}"
    if isinstance(nilai, list | tuple):
        return "[]"
    return tulis_skalar(nilai)


def tulis_blok(nilai: object, lekuk: int) -> list[str]:
    """Lines of a non-empty mapping or list in block style, indented by ``lekuk`` spaces."""
    spasi = " " * lekuk
    baris: list[str] = []
    if isinstance(nilai, dict):
        for k, v in nilai.items():
            baris += _pasangan(f"{spasi}{tulis_skalar(str(k))}:", v, lekuk)
    elif isinstance(nilai, list | tuple):
        for v in nilai:
            if isinstance(v, dict | list | tuple) and v:
                anak = tulis_blok(v, lekuk + 2)
                baris += [f"{spasi}- {anak[0].lstrip()}", *anak[1:]]
            else:
                baris.append(f"{spasi}- {_tulis_nilai(v, lekuk, chr(10))}")
    return baris


def _pasangan(kepala: str, v: object, lekuk: int) -> list[str]:
    if isinstance(v, dict | list | tuple) and v:
        return [kepala, *tulis_blok(v, lekuk + 2)]
    if isinstance(v, str) and _layak_literal(v):
        akhiran = "|" if v.endswith("\n") else "|-"
        isi = [f"{' ' * (lekuk + 2)}{b}" if b else "" for b in v.rstrip("\n").split("\n")]
        return [f"{kepala} {akhiran}", *isi]
    return [f"{kepala} {_tulis_nilai(v, lekuk, chr(10))}"]


def _layak_literal(teks: str) -> bool:
    """A text of several plain lines that a literal block keeps exactly."""
    if "\n" not in teks.rstrip("\n") or teks.endswith("\n\n") or teks[0] in " \n":
        return False
    return all(b == b.rstrip() and (b.isprintable() or not b) for b in teks.split("\n"))


def _ambil(data: object, penunjuk: str) -> object:
    kini = data
    for bagian in penunjuk.split("/")[1:]:
        nama = bagian.replace("~1", "/").replace("~0", "~")
        try:
            kini = kini[int(nama)] if isinstance(kini, list) else kini[nama]  # type: ignore[index]
        except (KeyError, IndexError, ValueError, TypeError) as e:
            raise KinerjaError(
                f"isian `{penunjuk}` tidak ada dalam berkas", "periksa nama isiannya"
            ) from e
    return kini


def _pasang(data: object, penunjuk: str, nilai: object) -> object:
    *induk, akhir = penunjuk.split("/")[1:] or [""]
    if not penunjuk:
        return nilai
    wadah = _ambil(data, "".join(f"/{b}" for b in induk))
    nama = akhir.replace("~1", "/").replace("~0", "~")
    if isinstance(wadah, list):
        wadah[int(nama)] = nilai
    elif isinstance(wadah, dict):
        wadah[nama] = nilai
    return data
