/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All browser tests, in one process and one Chromium.  With arguments, only
 * files whose names have one of them: `tests/browser/run join keyboard`.
 */
import { after, before } from "node:test";
import { start, stop } from "./lib/browser.mjs";

const files = ["join", "publish", "twice", "language", "plain", "keyboard",
	"document", "library", "print", "agreement", "register",
	"negotiation", "records", "pages"];
const wanted = process.argv.slice(2);

const chosen = files.filter((file) =>
    wanted.length === 0 || wanted.some((w) => file.includes(w)));

if (chosen.length === 0) {
	console.error(`No file is called so; there are ${files.join(", ")}.`);
	process.exit(1);
}
before(start);
after(stop);
for (const file of chosen)
	await import(`./test_${file}.mjs`);
