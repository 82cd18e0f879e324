// Evidence by dropping a file on its row; a file that is too large is refused before it is sent.
"use strict";
{
	const TERBESAR = 50e6;
	const kotak = (e) => e.target.closest?.(".bukti");
	const bawaBerkas = (e) => e.dataTransfer?.types.includes("Files");

	function unggah(tempat) {
		const pilih = tempat.querySelector("[type=file]");
		const berkas = pilih.files[0];
		if (!berkas) return;
		if (berkas.size > TERBESAR) {
			document.getElementById("keadaan").textContent = `${berkas.name} lebih dari 50 MB; perkecil atau bagi berkasnya.`;
			pilih.value = "";
			return;
		}
		tempat.querySelector("button[formenctype]").click();
	}

	addEventListener("dragover", (e) => {
		if (!bawaBerkas(e)) return;
		e.preventDefault(); // a file that misses its row must not replace the page and what is typed in it
		e.dataTransfer.dropEffect = kotak(e) ? "copy" : "none";
		for (const lama of document.querySelectorAll(".jatuh")) lama.classList.remove("jatuh");
		kotak(e)?.classList.add("jatuh");
	});
	addEventListener("drop", (e) => {
		if (!bawaBerkas(e)) return;
		e.preventDefault();
		const tempat = kotak(e);
		if (!tempat) return;
		tempat.querySelector("[type=file]").files = e.dataTransfer.files;
		unggah(tempat);
	});
	addEventListener("change", (e) => e.target.type === "file" && kotak(e) && unggah(kotak(e)));
}
