// Answers questions to the scripts of the desk, one JSON line each: ["baca", teks, jenis],
// ["capaian", potongan, skala, r], ["tsv", teks], ["saran", skema, teks]: completion at the mark ¦ of a YAML text.
"use strict";
const { readFileSync } = require("node:fs");
const path = require("node:path");

const ASET = path.join(__dirname, "../../../tooling/kinerja/web/assets");
const lembar = require(path.join(ASET, "lembar.js"));
// A module in a .js file: node 18 takes it only by a data address.
const modul = import(
	`data:text/javascript,${encodeURIComponent(readFileSync(path.join(ASET, "skema-yaml.js"), "utf8"))}`
);

const SATU = lembar.desimal("1");
const tanya = {
	baca(teks, jenis) {
		const hasil = lembar.baca(teks, jenis);
		if (hasil === undefined) return { jenis: "tidak-tahu" };
		if (hasil === null) return { jenis: "kosong" };
		if (typeof hasil === "string") return { jenis: "tanya", pesan: hasil };
		return { jenis: "angka", atas: `${hasil}`, bawah: `${SATU}` };
	},
	capaian(potongan, skala, r) {
		const [teks, kelas = null] = lembar.capaian(potongan, skala, lembar.desimal(r));
		return { teks, kelas };
	},
	tsv: (teks) => lembar.tsv(teks),
	async saran(skema, teks) {
		const { tempat, pilihan } = await modul;
		const posisi = teks.indexOf("¦");
		const di = tempat(teks.replace("¦", ""), posisi);
		return di && { ...di, kata: teks.slice(di.dari, posisi), pilihan: pilihan(skema, di) };
	},
};

require("node:readline")
	.createInterface({ input: process.stdin })
	.on("line", async (baris) => {
		const [apa, ...isi] = JSON.parse(baris);
		console.log(JSON.stringify(await tanya[apa](...isi)));
	});
