// Says what npm installed, from the folder of node_modules that it is run in.
//   node paket.mjs sidik    name, version and checksum of every package, sorted
//   node paket.mjs kepala   the first line of codemirror.js
//   node paket.mjs lisensi  the licences of everything that is in it
import { readFileSync } from "node:fs";

const baca = (berkas) => readFileSync(berkas, "utf8");
const terpasang = JSON.parse(baca("node_modules/.package-lock.json")).packages;
const semua = Object.keys(terpasang)
	.sort()
	.map((folder) => ({ folder, nama: folder.replace(/^.*node_modules\//, ""), ...terpasang[folder] }));
const dibundel = semua.filter((p) => !p.dev);

const tulis = {
	sidik: () => semua.map((p) => `${p.nama}@${p.version} ${p.integrity}`).join("\n"),
	kepala: () =>
		`/* Dibuat oleh .ci/bangun-editor/bangun.sh dari ${dibundel.map((p) => `${p.nama}@${p.version}`).join(" ")} */`,
	lisensi() {
		const menurutTeks = new Map();
		for (const p of dibundel) {
			const teks = baca(`${p.folder}/LICENSE`).replace(/\r/g, "").trim();
			menurutTeks.set(teks, [...(menurutTeks.get(teks) || []), `${p.nama}@${p.version} (${p.license})`]);
		}
		return [...menurutTeks]
			.map(([teks, daftar]) => `${daftar.join("\n")}\n\n${teks}`)
			.join(`\n\n${"-".repeat(72)}\n\n`);
	},
};

console.log(tulis[process.argv[2]]());
