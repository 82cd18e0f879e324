// The YAML page: a textarea becomes an editor with completion from the schema and the server's findings.
// Without this file the textarea still works.
import { setDiagnostics } from "./codemirror.js";
import { buat } from "./penyunting.js";

const JEDA_PERIKSA = 600;
const JEDA_DRAF = 500;
const TINGKAT = { galat: "error", peringatan: "warning" };

const elemen = (jenis, sifat) => Object.assign(document.createElement(jenis), sifat);

// Findings.

function keDiagnosa(doc, t) {
	const baris = doc.line(Math.min(Math.max(t.baris || 1, 1), doc.lines));
	const isi = baris.text.trimEnd().length;
	const kolom = Math.min(Math.max((t.kolom || 1) - 1, 0), Math.max(isi - 1, 0));
	return {
		from: baris.from + kolom,
		to: baris.from + isi,
		severity: TINGKAT[t.tingkat] || "info",
		source: t.aturan,
		message: t.tindakan ? `${t.pesan}; ${t.tindakan}` : t.pesan,
	};
}

function hitung(temuan) {
	const galat = temuan.filter((t) => t.tingkat === "galat").length;
	const lain = temuan.length - galat;
	if (!temuan.length) return "Tidak ada temuan";
	const banyak = [galat && `${galat} galat`, lain && `${lain} catatan`].filter(Boolean).join(", ");
	return `${banyak}; F8 membawa ke yang berikutnya`;
}

function pemeriksa(form, kabar) {
	let tunggu;
	async function periksa(view) {
		const doc = view.state.doc;
		try {
			const jawab = await fetch(form.dataset.periksa, {
				method: "POST",
				headers: { "Content-Type": "application/json", "X-CSRF": form.elements.csrf.value },
				body: JSON.stringify({ isi: doc.toString() }),
			});
			const { temuan, pesan, masuk } = await jawab.json();
			if (view.state.doc !== doc) return; // typed on meanwhile: another answer is on its way
			if (!jawab.ok) return kabar(pesan, masuk);
			const diagnosa = temuan.map((t) => keDiagnosa(doc, t));
			view.dispatch(setDiagnostics(view.state, diagnosa));
			kabar(hitung(temuan));
		} catch {
			kabar("Belum diperiksa: server tidak terjangkau");
		}
	}
	return (view) => {
		clearTimeout(tunggu);
		tunggu = setTimeout(periksa, JEDA_PERIKSA, view);
	};
}

// Drafts: kept in this computer until the page shows the same text, saved.

function laci(form) {
	const kunci = `kinerja|${form.dataset.kunci.replace(/\|yaml$/, "")}|yaml`;
	let isi = null;
	let tunggu;
	function tulis() {
		clearTimeout(tunggu);
		if (isi === null) return;
		const draf = { asal: form.elements.asal.value, naskah: isi, pukul: new Date() };
		try {
			localStorage.setItem(kunci, JSON.stringify(draf));
		} catch {
			// no storage here: the text is still in the form
		}
		isi = null;
	}
	for (const saat of ["beforeunload", "pagehide"]) addEventListener(saat, tulis);
	return {
		ubah(naskah) {
			isi = naskah;
			clearTimeout(tunggu);
			tunggu = setTimeout(tulis, JEDA_DRAF);
		},
		ambil(naskah) {
			try {
				const draf = JSON.parse(localStorage.getItem(kunci));
				if (!draf || draf.naskah !== naskah || draf.asal === form.elements.asal.value) return draf;
				localStorage.removeItem(kunci);
			} catch {
				// nothing that can be read
			}
			return null;
		},
	};
}

function pulihkan(form, view, draf, { kabar, berubah }) {
	if (draf.naskah === view.state.doc.toString()) return berubah(); // sent, and refused
	function pakai() {
		form.elements.asal.value = draf.asal;
		view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: draf.naskah } });
		kabar("Naskah yang belum tersimpan dipulihkan");
	}
	if (draf.asal === form.elements.asal.value) return pakai();
	// Somebody saved since, perhaps this very text: which one counts is not for a script to say.
	const tawaran = elemen("p");
	const tombol = elemen("button", { type: "button", className: "tipis", textContent: "Pulihkan naskah itu" });
	tombol.addEventListener("click", () => {
		tawaran.remove();
		pakai();
		view.focus();
	});
	tawaran.append(
		"Di komputer ini ada naskah yang belum tersimpan, dari sebelum lembar ini terakhir disimpan. ",
		tombol,
	);
	form.prepend(tawaran);
}

// What is said below the editor; what is typed and not saved is said with it.
function pengabar(keadaan) {
	let awalan = "";
	function kabar(teks, masuk) {
		const semua = [awalan, teks].filter(Boolean).join("; ");
		if (keadaan.textContent !== semua) keadaan.textContent = semua;
		if (masuk) keadaan.append(" ", elemen("a", { href: masuk, textContent: "Masuk lagi" }));
	}
	function berubah() {
		awalan = "Belum tersimpan";
		kabar("");
	}
	return { kabar, berubah };
}

async function mulai(form) {
	const naskah = form.querySelector("#naskah");
	const pesan = pengabar(document.getElementById("keadaan"));
	const skema = await fetch(form.dataset.skema)
		.then((j) => j.json())
		.catch(() => ({})); // an editor without completion is still an editor
	const simpanan = laci(form);
	const periksa = pemeriksa(form, pesan.kabar);
	const draf = simpanan.ambil(naskah.value);
	function berubah(v) {
		naskah.value = v.state.doc.toString();
		simpanan.ubah(naskah.value);
		pesan.berubah();
		periksa(v);
	}
	const diketik = naskah.value !== naskah.defaultValue; // before this script came
	const view = buat(form, naskah, skema, berubah);
	if (diketik) berubah(view);
	else if (draf) pulihkan(form, view, draf, pesan);
	periksa(view);
}

const form = document.querySelector("form#yaml");
if (form) mulai(form);
