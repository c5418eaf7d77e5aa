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

before(start);
after(stop);

for (const file of files)
	if (wanted.length === 0 || wanted.some((w) => file.includes(w)))
		await import(`./test_${file}.mjs`);
