// Where a place in a YAML document lies, and what its JSON Schema allows there. Text in, values out; no page.
// It reads block style by its indentation, as people write it; inside flow style and long texts it says nothing.

const KUNCI = /^("[^"]*"|'[^']*'|[^\s"'#\-{[][^:#]*?)\s*:(?=\s|$)/;
const BUTIR = /^-(?=\s|$)\s*/;
const TEKS_PANJANG = /^\s*[|>][-+0-9]*\s*(#.*)?$/;
const KATA = /^[\w/.:-]*$/;

/**
 * The place of an offset: {jalur, jenis, dari, ada}, or null where nothing can be said.
 * jalur: keys and list numbers that lead to it; jenis: "kunci" or "nilai"; dari: where its word begins;
 * ada: the keys that its mapping has already.
 */
export function tempat(teks, posisi) {
	const kursor = teks.slice(0, posisi).split("\n").length - 1;
	const p = { induk: [], peta: new Map(), panjang: -1, hasil: null };
	let awal = 0;
	teks.split("\n").forEach((baris, nomor) => {
		const sampai = nomor === kursor ? posisi - awal : baris.length;
		telusuri(p, baris, sampai, nomor === kursor ? awal : null);
		awal += baris.length + 1;
	});
	if (!p.hasil) return null;
	const rumah = p.hasil.jenis === "kunci" ? p.hasil.jalur : p.hasil.jalur.slice(0, -1);
	return { ...p.hasil, ada: p.peta.get(JSON.stringify(rumah)) || [] };
}

/** What may be written at a place: [{teks, judul, keterangan, jenis, wajib, terkunci}]. */
export function pilihan(skema, { jalur, jenis, ada }) {
	let simpul = bentangkan(skema, skema);
	for (const langkah of jalur) simpul = simpul.flatMap((s) => bentangkan(skema, masuk(s, langkah)));
	const semua =
		jenis === "kunci"
			? simpul.flatMap((s) => daftarKunci(skema, s)).filter((k) => !ada.includes(k.teks))
			: simpul.flatMap(daftarNilai);
	return [...new Map(semua.map((k) => [k.teks, k])).values()];
}

// helpers: the document

// One line. p.induk: what it stands in, {kolom, kunci} or {kolom, nomor}; p.peta: path of a mapping → its keys;
// p.panjang: column of the key whose long text goes on. awal: the line's offset when the cursor is in it.
function telusuri(p, baris, sampai, awal) {
	const isi = baris.slice(0, sampai);
	let kolom = isi.length - isi.trimStart().length;
	if (p.panjang >= 0 && (!baris.trim() || kolom > p.panjang)) return;
	p.panjang = -1;
	let sisa = isi.slice(kolom);
	if (sisa.startsWith("#") || (!sisa && awal === null)) return;
	for (let butir; (butir = sisa.match(BUTIR)); sisa = sisa.slice(butir[0].length)) {
		buangSesudah(p.induk, kolom);
		const atas = p.induk[p.induk.length - 1];
		if (atas && atas.kolom === kolom && "nomor" in atas) atas.nomor += 1;
		else p.induk.push({ kolom, nomor: 0 });
		kolom += butir[0].length;
	}
	const kunci = sisa.match(KUNCI);
	if (kunci || awal !== null) buangSesudah(p.induk, kolom - 1);
	if (awal !== null) p.hasil = letak(jalurnya(p.induk), sisa, kunci, awal + sampai);
	if (kunci) catat(p, polos(kunci[1]), kolom);
	if (TEKS_PANJANG.test((sisa + baris.slice(sampai)).slice(kunci ? kunci[0].length : 0)))
		p.panjang = kunci ? kolom : kolom - 1;
}

function catat(p, nama, kolom) {
	const di = JSON.stringify(jalurnya(p.induk));
	p.peta.set(di, [...(p.peta.get(di) || []), nama]);
	p.induk.push({ kolom, kunci: nama });
}

function letak(jalur, sisa, kunci, posisi) {
	if (!kunci) return /^[\w-]*$/.test(sisa) ? { jalur, jenis: "kunci", dari: posisi - sisa.length } : null;
	const nilai = sisa.slice(kunci[0].length);
	const kata = nilai.trimStart();
	if (!nilai || !KATA.test(kata)) return null;
	return { jalur: [...jalur, polos(kunci[1])], jenis: "nilai", dari: posisi - kata.length };
}

function buangSesudah(induk, kolom) {
	while (induk.length && induk[induk.length - 1].kolom > kolom) induk.pop();
}

const jalurnya = (induk) => induk.map((i) => ("nomor" in i ? i.nomor : i.kunci));
const polos = (kunci) => kunci.replace(/^(["'])(.*)\1$/, "$2");

// helpers: the schema

// A schema and what it stands for: what $ref names, and each of several.
function bentangkan(skema, simpul, dalam = 0) {
	if (!simpul || typeof simpul !== "object" || dalam > 20) return [];
	const cabang = [
		acuan(skema, simpul.$ref),
		...(simpul.anyOf || []),
		...(simpul.oneOf || []),
		...(simpul.allOf || []),
	];
	return [simpul, ...cabang.flatMap((s) => bentangkan(skema, s, dalam + 1))];
}

function acuan(skema, ref) {
	if (!ref || !ref.startsWith("#/")) return null;
	const langkah = ref.slice(2).split("/");
	return langkah.reduce((s, l) => s && s[l.replace(/~1/g, "/").replace(/~0/g, "~")], skema);
}

function masuk(simpul, langkah) {
	if (typeof langkah === "number") return (simpul.prefixItems || [])[langkah] || simpul.items;
	const punya = Object.prototype.hasOwnProperty.call(simpul.properties || {}, langkah);
	return punya ? simpul.properties[langkah] : simpul.additionalProperties;
}

function daftarKunci(skema, simpul) {
	return Object.entries(simpul.properties || {}).map(([teks, isi]) => {
		const semua = bentangkan(skema, isi);
		const sifat = (nama) => semua.map((s) => s[nama]).find(Boolean);
		return {
			teks,
			judul: sifat("title") || "",
			keterangan: sifat("description") || "",
			jenis: sifat("properties") || sifat("items") ? "induk" : "isian",
			wajib: (simpul.required || []).includes(teks),
			terkunci: Boolean(sifat("readOnly")),
		};
	});
}

function daftarNilai(simpul) {
	const tipe = [simpul.type].flat();
	const nilai = "const" in simpul ? [simpul.const] : [...(simpul.enum || [])];
	if (tipe.includes("boolean")) nilai.push(true, false);
	if (tipe.includes("null")) nilai.push(null);
	return nilai.map((n) => ({
		teks: String(n),
		judul: "",
		keterangan: n === null ? "Belum diisi." : "",
		jenis: "nilai",
	}));
}
