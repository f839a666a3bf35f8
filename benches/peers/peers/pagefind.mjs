// Asks Pagefind's own script: pagefind.mjs INDEX QUESTIONS PASSES. Prints a line for each answer: microseconds, matches, shown.

import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [index, questions, passes] = process.argv.slice(2);
const base = pathToFileURL(`${resolve(index)}/`).href;

// Its files are on this disk.
globalThis.fetch = async (address) => {
  const url = new URL(String(address?.url ?? address), base);
  url.search = "";
  return new Response(await readFile(fileURLToPath(url)));
};

const pagefind = await import(`${base}pagefind.js`);
await pagefind.options({ basePath: base, excerptLength: 30 });
await pagefind.init();
const asked = readFileSync(questions, "utf8").split("\n").filter(Boolean);
for (let pass = 0; pass <= Number(passes); pass++) {
  for (const question of asked) {
    const start = performance.now();
    const found = await pagefind.search(question);
    const shown = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
    const took = performance.now() - start;
    if (pass > 0) {
      console.log(`${(took * 1000).toFixed(1)}\t${found.results.length}\t${shown.filter((hit) => hit.excerpt).length}`);
    }
  }
}
process.exit(0);
