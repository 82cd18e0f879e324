// The editor of the YAML page: its looks and words, its keys, its completion. It knows nothing of drafts and servers.
// It lives in a shadow root: there CodeMirror uses constructed style sheets, which `style-src 'self'` allows;
// in the page itself it would need inline styles.
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
	syntaxHighlighting,
	tags,
	yaml,
} from "./codemirror.js";
import { pilihan, tempat } from "./skema-yaml.js";

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
	"&": {
		color: "var(--tinta)",
		backgroundColor: "var(--kertas)",
		border: "1px solid var(--batas)",
		maxHeight: "70vh",
	},
	"&.cm-focused": { outline: "3px solid var(--biru)", outlineOffset: "2px" },
	".cm-scroller": {
		overflow: "auto",
		fontFamily: "ui-monospace, 'Cascadia Mono', Consolas, monospace",
		lineHeight: "1.5",
	},
	".cm-content": { caretColor: "var(--tinta)", minHeight: "12rem" },
	".cm-cursor": { borderLeftColor: "var(--tinta)" },
	".cm-gutters": {
		backgroundColor: "var(--dasar)",
		color: "var(--redup)",
		borderRight: "1px solid var(--garis)",
	},
	".cm-activeLine": { backgroundColor: "transparent", boxShadow: "inset 2px 0 var(--garis)" },
	"&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
		backgroundColor: "var(--biru-muda)",
	},
	".cm-tooltip, .cm-panels": {
		backgroundColor: "var(--kertas)",
		color: "var(--tinta)",
		borderColor: "var(--batas)",
	},
	".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".25rem .5rem", lineHeight: "1.4" },
	".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
		backgroundColor: "var(--biru-muda)",
		color: "var(--tinta)",
	},
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

// Tab indents; after Esc it leaves, until something is typed or the editor is left.
function tab() {
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

function tombolSimpan(form) {
	function run() {
		form.requestSubmit(form.querySelector(".bilah [value=simpan]"));
		return true;
	}
	return keymap.of([{ key: "Mod-s", run }]);
}

function ekstensi(skema) {
	return [
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
		keymap.of([
			...closeBracketsKeymap,
			...completionKeymap,
			...searchKeymap,
			...historyKeymap,
			...lintKeymap,
			...defaultKeymap,
		]),
	];
}

function buatPetunjuk() {
	const p = document.createElement("p");
	p.id = p.className = "petunjuk";
	p.textContent =
		"Tab membuat lekukan. Tekan Esc lalu Tab untuk keluar. Ctrl+Spasi menampilkan saran. F8 ke temuan berikutnya.";
	return p;
}

/**
 * Puts an editor in the textarea's place; the textarea stays and is what the form sends.
 * berubah(view) is called after every change.
 */
export function buat(form, naskah, skema, berubah) {
	const rumah = document.createElement("div");
	naskah.after(rumah);
	const root = rumah.attachShadow({ mode: "open" });
	const petunjuk = buatPetunjuk();
	const label = form.querySelector(`label[for="${naskah.id}"]`);
	const sifat = { tabindex: "0", "aria-label": label?.textContent.trim() || "Naskah YAML", "aria-describedby": petunjuk.id };
	const view = new EditorView({
		root,
		parent: root,
		doc: naskah.value,
		extensions: [
			tab(),
			tombolSimpan(form),
			EditorView.contentAttributes.of(sifat),
			EditorView.updateListener.of((u) => u.docChanged && berubah(u.view)),
			ekstensi(skema),
		],
	});
	view.dom.append(petunjuk);
	naskah.hidden = true;
	label?.addEventListener("click", () => view.focus());
	return view;
}
