// Passkeys. A form with data-passkey ("daftar", "masuk", "tanda") has the WebAuthn options in data-pilihan;
// when it is sent, the browser's answer is put into its field `jawaban`, and then it is sent for real.
"use strict";
{
	const CARA_LAIN = "ulangi, atau pakai cara lain";
	const SEBAB = {
		NotAllowedError: `Passkey tidak jadi dipakai: dibatalkan, waktunya habis, atau tidak ada yang cocok di perangkat ini; ${CARA_LAIN}.`,
		InvalidStateError: "Passkey perangkat ini sudah terdaftar untuk Anda; pakai yang itu.",
		SecurityError:
			"Passkey tidak berlaku di alamat ini, misalnya nomor IP; buka dari alamat resmi situs ini.",
		NotSupportedError: "Perangkat ini tidak dapat membuat passkey yang diperlukan; pakai perangkat lain.",
		ConstraintError: "Perangkat ini belum punya sidik jari, wajah, atau PIN; pasang dahulu di pengaturannya.",
		TidakAda: "Peramban ini tidak mengenal passkey; perbarui peramban, atau pakai cara lain.",
	};
	const didukung = Boolean(window.PublicKeyCredential && navigator.credentials);

	const bita = (teks) =>
		Uint8Array.from(atob(teks.replace(/-/g, "+").replace(/_/g, "/")), (huruf) => huruf.charCodeAt(0));

	const teks = (isi) =>
		btoa(Array.from(new Uint8Array(isi), (b) => String.fromCharCode(b)).join(""))
			.replace(/\+/g, "-")
			.replace(/\//g, "_")
			.replace(/=/g, "");

	// PublicKeyCredential{Creation,Request}OptionsJSON as the browser takes it.
	function pilihan(isi) {
		const hasil = { ...isi, challenge: bita(isi.challenge) };
		if (isi.user) hasil.user = { ...isi.user, id: bita(isi.user.id) };
		for (const daftar of ["excludeCredentials", "allowCredentials"])
			if (isi[daftar]) hasil[daftar] = isi[daftar].map((k) => ({ ...k, id: bita(k.id) }));
		return hasil;
	}

	// RegistrationResponseJSON or AuthenticationResponseJSON.
	function jawaban(kunci) {
		const r = kunci.response;
		const response = { clientDataJSON: teks(r.clientDataJSON) };
		for (const nama of ["attestationObject", "authenticatorData", "signature", "userHandle"])
			if (r[nama]) response[nama] = teks(r[nama]);
		if (r.getTransports) response.transports = r.getTransports();
		if (r.getAuthenticatorData) response.authenticatorData = teks(r.getAuthenticatorData());
		if (r.getPublicKeyAlgorithm) response.publicKeyAlgorithm = r.getPublicKeyAlgorithm();
		if (r.getPublicKey?.()) response.publicKey = teks(r.getPublicKey());
		return {
			id: kunci.id,
			rawId: teks(kunci.rawId),
			type: kunci.type,
			authenticatorAttachment: kunci.authenticatorAttachment,
			clientExtensionResults: kunci.getClientExtensionResults(),
			response,
		};
	}

	async function minta(form) {
		if (!didukung) throw { name: window.isSecureContext ? "TidakAda" : "SecurityError" };
		const publicKey = pilihan(JSON.parse(form.dataset.pilihan));
		const cara = form.dataset.passkey === "daftar" ? "create" : "get";
		return jawaban(await navigator.credentials[cara]({ publicKey }));
	}

	function pasang(form) {
		let keadaan = "diam";
		form.addEventListener("submit", async (e) => {
			if (keadaan === "dijawab") {
				keadaan = "diam";
				return;
			}
			e.preventDefault();
			if (keadaan === "menunggu") return;
			keadaan = "menunggu";
			const kabar = form.querySelector("[role=alert]");
			kabar.textContent = "";
			try {
				form.elements.jawaban.value = JSON.stringify(await minta(form));
				keadaan = "dijawab";
				form.requestSubmit(e.submitter);
			} catch (galat) {
				keadaan = "diam";
				kabar.textContent = SEBAB[galat.name] || `Passkey gagal dipakai (${galat.name}); ${CARA_LAIN}.`;
			}
		});
	}

	for (const bagian of document.querySelectorAll(".perlu-passkey")) bagian.hidden = !didukung;
	document.querySelectorAll("form[data-passkey]").forEach(pasang);
}
