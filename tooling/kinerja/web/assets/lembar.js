const SATU = 10n ** 200n;
function desimal(teks) {
	const [a, b = ""] = teks.split(".");
	return BigInt(a + b.padEnd(200, "0"));
}

// null: not filled, text: ask, undefined: the server knows
function baca(teks, jenis) {
	if (/\ufeff|.{31}/.test(teks)) return;
	const t = teks.trim().replace(/\s+/g, " ");
	if (/^([-–—]?|#?n\/a|na)$/i.test(t)) return null;
	const [, a, b, angka] = /^([-−]?) ?(?:Rp\.? ?)?([-−]?) ?(\d(?:[\d., ]*\d)?)(?:[,.]-|\.)? ?%?$/i.exec(t) || "";
	if (!angka || (a && b)) return;
	const minus = a + b && "-";
	const dua = { bulat: /^[1-9]\d?\d?,\d{3}$/, desimal: /^[1-9]\d?\d?\.\d{3}$/ }[jenis];
	if (dua?.test(angka)) {
		const a = minus + angka.replace(/\D/, "");
		const b = minus + angka.replace(".", ",");
		return `${t} berarti ${a} atau ${b}? tulis ${a} bila ribuan, atau ${b} bila desimal`;
	}
	if (/^(\d+|[1-9]\d?\d?([. ])\d{3}(\2\d{3})*)(,\d+)?$/.test(angka))
		return desimal(minus + angka.replace(/[. ]/g, "").replace(",", "."));
	if (/^(\d+|[1-9]\d?\d?(,\d{3})+)\.\d+$|^[1-9]\d?\d?(,\d{3}){2,}$/.test(angka))
		return desimal(minus + angka.replace(/,/g, ""));
}

function capaian(potongan, skala, r) {
	const p = potongan.find(
		({ maks, termasuk }) => maks === null || r < desimal(maks) || (termasuk && r === desimal(maks)),
	);
	if (p.alasan) return [p.alasan];
	const garis = (a, b) => desimal(a) * SATU + desimal(b) * r;
	const b = garis(p.c, p.d);
	if (!b) return "…";
	const n = (garis(p.a, p.b) * 20000n) / b;
	const sen = n / 2n + (n % 2n); // half away from zero
	const cetak = (t) => t.padStart(3, "0").replace(/\B(?=(\d{3})*\d\d$)/g, (_, b) => (b ? "." : ","));
	return [
		`${sen}`.replace("-", "−").replace(/\d+/, cetak) + "\xa0%",
		skala.findIndex(([, batas]) => batas === null || desimal(batas) * 100n <= sen * SATU),
	];
}

function tsv(teks) {
	const blok = [[]];
	const pola = /(?:"((?:[^"]|"")*)"(?![^\t\n])|([^\t\n]*))(\t|\n|$)/g;
	for (const [, a, b, c] of teks.replace(/\r/g, "").replace(/\n$/, "").matchAll(pola)) {
		blok[blok.length - 1].push(b ?? a.replace(/""/g, '"'));
		if (c === "\n") blok.push([]);
		if (!c) return blok;
	}
}

function mulai(form) {
	const { dataset, asal, csrf } = form;
	const semua = [...form.querySelectorAll(".isian")];
	const simpan = form.querySelector(".bilah [value=simpan]");
	const kunci = "kinerja|" + dataset.kunci;
	const isian = {};
	const lampau = [];
	let depan = [];
	let antre = Promise.resolve();
	let jeda = 1500;
	let lokal = "; tersimpan di komputer ini";
	let juga = "";
	let lain, sambung, klik, mula, basi, tunggu;

	const taruh = (p, a, isi) => p.append(Object.assign(document.createElement(a), isi));

	function kabar(teks, href) {
		const p = form.querySelector("#keadaan");
		if (p.textContent !== teks + juga) p.textContent = teks + juga;
		if (href) taruh(p, "a", { href, textContent: " Masuk lagi" });
	}

	function tunjuk(c, temuan = []) {
		const p = document.getElementById("t-" + c.id);
		if (!p || p.querySelector("button")) return;
		p.textContent = "";
		for (const { tingkat, pesan, tindakan } of temuan)
			taruh(p, "span", { className: tingkat, textContent: pesan + (tindakan ? "; " + tindakan : "") });
		p.hidden = !temuan[0];
		c.setAttribute("aria-invalid", temuan.some((t) => t.tingkat === "galat"));
	}

	function hitung(c) {
		const angka = baca(c.value, c.dataset.angka);
		tunjuk(c, angka?.trim && [{ tingkat: "galat", pesan: angka }]);
		const tr = baris(c);
		const hasil = tr.querySelector("output");
		if (!hasil || !/realisasi$/.test(c.name)) return;
		const skala = JSON.parse(dataset.skala);
		const { potongan, kata, kosong } = tr.dataset;
		let [teks, kelas] = "…";
		if (angka === null) teks = kosong;
		else if (kata) [teks, kelas] = JSON.parse(kata)[c.value.trim()] || teks;
		else if (typeof angka === "bigint") [teks, kelas] = capaian(JSON.parse(potongan), skala, angka);
		hasil.textContent = teks;
		const p = tr.querySelector(".kategori");
		if (!p) return;
		p.textContent = skala[kelas]?.[0];
		p.dataset.kelas = kelas ?? "";
	}

	// [cell, before, after] of each
	function ubah(l, ke = lampau) {
		ke.push(l);
		for (const [c, , v] of l) {
			if (c.value !== v) c.value = v;
			c.lalu = isian[c.name] = c.value;
			buka(c);
			hitung(c);
		}
		sambung = 0;
		basi = true;
		kabar("Belum tersimpan…");
		catat();
		jadwal(1500);
	}

	function ganti(isi) {
		depan = [];
		ubah(isi.map(([c, v]) => [c, c.value, v]));
	}

	function balik(dari, ke) {
		const l = dari.pop();
		if (l) ubah(l.map(([c, a, b]) => [c, b, a]), ke);
		fokus(l?.[0][0]);
	}

	form.oninput = ({ target: c, data }) => {
		if (!semua.includes(c)) return;
		const lanjut = sambung && (c.type === "text" || data?.trim());
		depan = [];
		ubah([[c, lanjut ? lampau.pop()[0][1] : c.lalu, c.value]]);
		sambung = 1;
	};

	const buka = (c) => c.closest("details")?.setAttribute("open", "");

	function fokus(c) {
		if (!c) return;
		buka(c);
		c.focus();
		if (c.type === "text") c.select();
	}

	const kolom = (c) => c.name.replace(/\d+/, "");
	const baris = (c) => c.closest("tr") || form;
	const id = (c) => baris(c).dataset.untuk || baris(c).dataset.baris;
	function dekat(c, arah, apa) {
		const deret = semua.filter((x) => apa(x) === apa(c));
		return deret[deret.indexOf(c) + arah];
	}

	function datang({ target: c }) {
		mula = c.lalu = c.value;
		sambung = klik = 0;
		if (c.type === "text") c.select();
	}
	form.addEventListener("focusin", datang);
	form.onmousedown = (e) => {
		const { target: c } = e;
		if (c.type !== "text" || c === klik) return;
		e.preventDefault();
		fokus(c);
		klik = c;
	};
	form.onwheel = (e) => e.target.options && e.preventDefault();
	onkeydown = (e) => {
		const { target: c, shiftKey: shift } = e;
		const { type, value = "", selectionStart: a, selectionEnd: b } = c;
		const k = (e.ctrlKey ? "^" : "") + e.key.toLowerCase();
		const arah = shift || /up|left/.test(k) ? -1 : 1;
		const tegak = /up|down/.test(k);
		const tepi = arah < 0 ? !b : a === value.length;
		if (k === "^s") simpan.click();
		else if (e.altKey || !semua.includes(c)) return;
		else if (k === "^enter" || (k === "enter" && type !== "textarea"))
			fokus(dekat(c, arah, kolom) || (!shift && simpan));
		else if (k === "^z" && !shift) balik(lampau, depan);
		else if (k === "^z" || k === "^y") balik(depan, lampau);
		else if (k === "escape") {
			if (mula !== value) ganti([[c, mula]]);
			fokus(c);
		} else if (type !== "text" || shift) return;
		else if (k === "f2") c.selectionStart = value.length;
		else if (/^arrow/.test(k) && (tegak || tepi || b - a === value.length))
			fokus(dekat(c, arah, tegak ? kolom : baris));
		else return;
		e.preventDefault();
	};

	form.onpaste = (e) => {
		const { target: c, clipboardData: d } = e;
		const teks = d.getData("text");
		const blok = tsv(teks);
		const lebar = Math.max(...blok.map((b) => b.length));
		if (!semua.includes(c) || !id(c) || blok.length * lebar < 2) return;
		if (c.type === "textarea" && !/<table|\t/.test(d.getData("text/html") || teks)) return;
		e.preventDefault();
		const deret = [...c.closest("tbody").querySelectorAll("[data-baris]")].map(id);
		const sisa = deret.slice(deret.indexOf(id(c)));
		const hasil = [];
		let j = 0;
		for (const l of semua.slice(semua.indexOf(c)).filter((x) => id(x) === id(c))) {
			const isi = blok
				.map((b, i) => [semua.find((x) => kolom(x) === kolom(l) && id(x) === sisa[i]), b[j] || ""])
				.filter(([x]) => x);
			const muat = isi.every(([c, v]) =>
				c.options ? [...c.options].some((o) => o.value === v) : c.dataset.angka ? baca(v) !== undefined : !baca(v),
			);
			if (j < lebar && muat) {
				hasil.push(...isi);
				j += 1;
			}
		}
		if (j < lebar || blok.length > sisa.length)
			kabar(`Tidak ditempel: ${blok.length} × ${lebar} sel, tempatnya ${sisa.length} × ${j}.`);
		else ganti(hasil);
	};

	const surat = (isi) => JSON.stringify({ ...isi, asal: asal.value, versi: +dataset.versi });

	function catat(usai) {
		try {
			localStorage.setItem(kunci, surat({ isian: { ...lain, ...isian }, usai, pukul: new Date() }));
		} catch {
			lokal = "";
		}
	}

	function jadwal(jeda) {
		clearTimeout(tunggu);
		tunggu = setTimeout(() => (antre = antre.then(kirim)), jeda);
	}

	async function kirim() {
		if (!basi) return;
		basi = false;
		try {
			const jawab = await fetch(dataset.draf, {
				method: "POST",
				headers: { "Content-Type": "application/json", "X-CSRF": csrf.value },
				body: surat({ isian }),
			});
			const isi = await jawab.json();
			if (/401|409/.test(jawab.status)) return kabar(isi.pesan, isi.masuk);
			if (!jawab.ok) throw 0;
			dataset.versi = isi.versi;
			jeda = 1500;
			if (isi.tertimpa?.[0]) juga = " (Lembar ini juga terbuka di tab lain)";
			for (const c of semua) {
				tunjuk(c, isi.temuan[c.name]);
				if (isi.buka.includes(c.name)) buka(c);
			}
			if (basi) return;
			kabar("Draf tersimpan " + isi.pukul);
			catat(true);
		} catch {
			basi = true;
			jeda = Math.min(jeda * 2, 30000);
			kabar("Belum terkirim" + lokal);
			jadwal(jeda);
		}
	}
	form.onsubmit = () => clearTimeout(tunggu);
	ononline = () => jadwal(0);
	onstorage = (e) => {
		if (e.key !== kunci) return;
		lain = JSON.parse(e.newValue)?.isian;
		juga = " (Lembar ini juga terbuka di tab lain)";
		kabar("");
	};

	try {
		const d = JSON.parse(localStorage.getItem(kunci));
		const isi = semua.filter((c) => (d.isian[c.name] ?? c.value) !== c.value);
		const usai = d.usai || /tersimpan=1/.test(location.search) || "tersimpan" in dataset;
		// Sent or saved, and the server has gone on.
		if (!isi[0] || (usai && d.asal !== asal.value) || (d.usai && d.versi < dataset.versi))
			localStorage.removeItem(kunci);
		else {
			asal.value = d.asal;
			juga = " (Isian yang belum tersimpan dipulihkan)";
			ganti(isi.map((c) => [c, d.isian[c.name]]));
			for (const c of isi) c.classList.add("pulih");
		}
	} catch {}
	datang({ target: document.activeElement });
}

if (!globalThis.document) module.exports = { baca, capaian, desimal, tsv };
else if (document.forms.lembar) mulai(document.forms.lembar);
