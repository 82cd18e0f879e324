// The YAML page: a textarea becomes an editor with completion from the schema and the server's findings.
// Without this file the textarea still works. The editor lives in a shadow root: there CodeMirror uses
// constructed style sheets, which `style-src 'self'` allows; in the page it would need inline styles.
import {
	EditorState,
	EditorView,
	HighlightStyle,
	autocompletion,
	bracketMatching,
	closeBrackets,
	closeBracketsKeymap,
	completionKeymap,
	defaultKeymap,
	drawSelection,
	highlightActiveLine,
	highlightSpecialChars,
	history,
	historyKeymap,
	indentOnInput,
	indentUnit,
	indentWithTab,
	keymap,
	lineNumbers,
	lintGutter,
	lintKeymap,
	linter,
	search,
	searchKeymap,
	setDiagnostics,
	syntaxHighlighting,
	tags,
	yaml,
} from "./codemirror.js";
import { pilihan, tempat } from "./skema-yaml.js";

const JEDA_PERIKSA = 600;
const JEDA_DRAF = 500;

const KATA = {
	"Control character": "Karakter kendali",
	"Selection deleted": "Pilihan dihapus",
	Completions: "Saran isian",
	Diagnostics: "Temuan",
	"No diagnostics": "Tidak ada temuan",
	"Go to line": "Ke baris",
	go: "buka",
	Find: "Cari",
	Replace: "Ganti",
	next: "berikutnya",
	previous: "sebelumnya",
	all: "semua",
	"match case": "bedakan huruf besar",
	"by word": "kata utuh",
	regexp: "pola",
	replace: "ganti",
	"replace all": "ganti semua",
	close: "tutup",
	"current match": "yang ditemukan",
	"on line": "pada baris",
	"replaced $ matches": "$ diganti",
	"replaced match on line $": "diganti pada baris $",
};

// The page's own colours, so that both colour schemes keep their contrast.
const RUPA = EditorView.theme({
	"&": { color: "var(--tinta)", backgroundColor: "var(--kertas)", border: "1px solid var(--batas)", maxHeight: "70vh" },
	"&.cm-focused": { outline: "3px solid var(--biru)", outlineOffset: "2px" },
	".cm-scroller": { overflow: "auto", fontFamily: "ui-monospace, 'Cascadia Mono', Consolas, monospace", lineHeight: "1.5" },
	".cm-content": { caretColor: "var(--tinta)", minHeight: "12rem" },
	".cm-cursor": { borderLeftColor: "var(--tinta)" },
	".cm-gutters": { backgroundColor: "var(--dasar)", color: "var(--redup)", borderRight: "1px solid var(--garis)" },
	".cm-activeLine": { backgroundColor: "transparent", boxShadow: "inset 2px 0 var(--garis)" },
	"&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
		backgroundColor: "var(--biru-muda)",
	},
	".cm-tooltip, .cm-panels": { backgroundColor: "var(--kertas)", color: "var(--tinta)", borderColor: "var(--batas)" },
	".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".25rem .5rem", lineHeight: "1.4" },
	".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--biru-muda)", color: "var(--tinta)" },
	".cm-completionDetail": { color: "var(--redup)", fontStyle: "normal" },
	".cm-panel input, .cm-panel button": { font: "inherit", color: "inherit", minHeight: "1.75rem" },
	".cm-button": { backgroundImage: "none", backgroundColor: "var(--dasar)" },
	".cm-textfield": { backgroundColor: "var(--kertas)" },
	".cm-diagnostic": { padding: ".35rem .5rem" },
	".petunjuk": { position: "absolute", clipPath: "inset(50%)" },
});
const WARNA = HighlightStyle.define([
	{ tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--biru)" },
	{ tag: [tags.string, tags.special(tags.string)], color: "var(--hijau)" },
	{ tag: [tags.comment, tags.meta], color: "var(--redup)", fontStyle: "italic" },
	{ tag: [tags.punctuation, tags.separator], color: "var(--redup)" },
]);
const TINGKAT = { galat: "error", peringatan: "warning" };

// Completion.

function saran(skema) {
	return (konteks) => {
		const di = tempat(konteks.state.doc.toString(), konteks.pos);
		if (!di || (di.dari === konteks.pos && !konteks.explicit)) return null;
		const options = pilihan(skema, di).map((p) => ({
			label: p.teks,
			detail: p.terkunci ? `${p.judul} · dari rencana` : p.judul,
			info: p.keterangan || undefined,
			type: p.jenis === "nilai" ? "constant" : "property",
			apply: p.jenis === "nilai" ? p.teks : `${p.teks}:${p.jenis === "induk" ? "" : " "}`,
			boost: (p.wajib ? 1 : 0) - (p.terkunci ? 2 : 0),
		}));
		return options.length ? { from: di.dari, options, validFor: /^[\w/.:-]*$/ } : null;
	};
}

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
			const isi = await jawab.json();
			if (view.state.doc !== doc) return; // typed on meanwhile: another answer is on its way
			if (!jawab.ok) return kabar(isi.pesan, isi.masuk);
			view.dispatch(setDiagnostics(view.state, isi.temuan.map((t) => keDiagnosa(doc, t))));
			kabar(hitung(isi.temuan));
		} catch {
			kabar("Belum diperiksa: server tidak terjangkau");
		}
	}
	return (view) => {
		clearTimeout(tunggu);
		tunggu = setTimeout(periksa, JEDA_PERIKSA, view);
	};
}

// Drafts: kept in this computer until the page shows the same text.

function laci(form) {
	const dasar = form.dataset.kunci.replace(/\|yaml$/, "");
	const kunci = `kinerja|${dasar}|yaml`;
	let tunggu;
	let isi = null;
	function tulis() {
		clearTimeout(tunggu);
		if (isi === null) return;
		try {
			localStorage.setItem(kunci, JSON.stringify({ asal: form.elements.asal.value, naskah: isi, pukul: new Date() }));
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
				if (draf && draf.naskah !== naskah) return draf;
				localStorage.removeItem(kunci);
			} catch {
				// nothing that can be read
			}
			return null;
		},
	};
}

function pulihkan(form, view, draf, kabar) {
	function pakai() {
		form.elements.asal.value = draf.asal;
		view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: draf.naskah } });
		kabar("Naskah yang belum tersimpan dipulihkan");
	}
	if (draf.asal === form.elements.asal.value) return pakai();
	// Somebody saved since, perhaps this very text: which one counts is not for a script to say.
	const tawaran = document.createElement("p");
	const tombol = Object.assign(document.createElement("button"), { type: "button", className: "tipis", textContent: "Pulihkan naskah itu" });
	tombol.addEventListener("click", () => {
		tawaran.remove();
		pakai();
		view.focus();
	});
	tawaran.append("Di komputer ini ada naskah yang belum tersimpan, dari sebelum lembar ini terakhir disimpan. ", tombol);
	form.prepend(tawaran);
}

// The editor.

function tab() {
	// Tab indents; after Esc it leaves, until something is typed or the editor is left.
	return [
		EditorView.domEventHandlers({
			keydown(e, view) {
				if (e.key === "Escape") view.setTabFocusMode(true);
			},
		}),
		EditorView.updateListener.of(({ docChanged, focusChanged, view }) => {
			if (docChanged || (focusChanged && !view.hasFocus)) view.setTabFocusMode(false);
		}),
		keymap.of([indentWithTab]),
	];
}

function buat(form, naskah, skema, berubah) {
	const rumah = document.createElement("div");
	naskah.after(rumah);
	const root = rumah.attachShadow({ mode: "open" });
	const petunjuk = document.createElement("p");
	petunjuk.id = "petunjuk";
	petunjuk.className = "petunjuk";
	petunjuk.textContent = "Tab membuat lekukan. Tekan Esc lalu Tab untuk keluar. Ctrl+Spasi menampilkan saran. F8 ke temuan berikutnya.";
	const label = form.querySelector(`label[for="${naskah.id}"]`);
	const view = new EditorView({
		root,
		parent: root,
		doc: naskah.value,
		extensions: [
			tab(),
			keymap.of([{ key: "Mod-s", run: () => (form.requestSubmit(form.querySelector(".bilah [value=simpan]")), true) }]),
			lineNumbers(),
			lintGutter(),
			highlightSpecialChars(),
			history(),
			drawSelection(),
			indentOnInput(),
			indentUnit.of("  "),
			bracketMatching(),
			closeBrackets(),
			highlightActiveLine(),
			search({ top: true }),
			linter(null),
			autocompletion({ override: [saran(skema)], icons: false }),
			yaml(),
			syntaxHighlighting(WARNA),
			RUPA,
			EditorView.lineWrapping,
			EditorState.phrases.of(KATA),
			EditorView.contentAttributes.of({
				"aria-label": label?.textContent.trim() || "Naskah YAML",
				"aria-describedby": petunjuk.id,
				lang: "id",
			}),
			EditorView.updateListener.of((u) => u.docChanged && berubah(u.view)),
			keymap.of([
				...closeBracketsKeymap,
				...completionKeymap,
				...searchKeymap,
				...historyKeymap,
				...lintKeymap,
				...defaultKeymap,
			]),
		],
	});
	view.dom.append(petunjuk);
	naskah.hidden = true;
	label?.addEventListener("click", () => view.focus());
	return view;
}

// What is said below the editor; what is typed and not saved is said with it.
function pengabar(keadaan) {
	let awalan = "";
	function kabar(teks, masuk) {
		const semua = [awalan, teks].filter(Boolean).join("; ");
		if (keadaan.textContent !== semua) keadaan.textContent = semua;
		if (masuk) keadaan.append(" ", Object.assign(document.createElement("a"), { href: masuk, textContent: "Masuk lagi" }));
	}
	function berubah() {
		awalan = "Belum tersimpan";
		kabar("");
	}
	return { kabar, berubah };
}

async function mulai(form) {
	const naskah = form.querySelector("#naskah");
	const { kabar, berubah } = pengabar(document.getElementById("keadaan"));
	const skema = await fetch(form.dataset.skema)
		.then((j) => j.json())
		.catch(() => ({})); // an editor without completion is still an editor
	const simpanan = laci(form);
	const periksa = pemeriksa(form, kabar);
	const draf = simpanan.ambil(naskah.value);
	const view = buat(form, naskah, skema, (v) => {
		naskah.value = v.state.doc.toString();
		simpanan.ubah(naskah.value);
		berubah();
		periksa(v);
	});
	periksa(view);
	if (draf) pulihkan(form, view, draf, kabar);
}

const form = document.querySelector("form#yaml");
if (form) mulai(form);
