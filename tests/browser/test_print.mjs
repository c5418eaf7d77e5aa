/* SPDX-License-Identifier: Apache-2.0 */
/* On paper: the text and its label, not what can only be clicked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { oneWord, writeAndPublish } from "./lib/acts.mjs";
import { member } from "./lib/browser.mjs";

test("a printed advisory carries its label and no navigation", async (t) => {
	const page = await member(t, "claire.martin@csirt.example", "en");

	await writeAndPublish(page, "en", { title: `On paper ${oneWord()}`,
		summary: "s", happened: "A paragraph.\n\n".repeat(200),
		label: "amber", circles: ["energy"] });
	await page.emulateMedia({ media: "print", colorScheme: "dark" });
	assert.equal(await page.getByRole("navigation").count(), 0);
	assert.equal(await page.locator("button:visible").count(), 0);
	const labels = page.locator(".sheet-label");

	assert.equal(await labels.count(), 2);
	for (const label of await labels.all()) {
		assert.equal(await label.innerText(), "TLP:AMBER");
		assert.ok(await label.isVisible());
	}
	const ink = await page.evaluate(() => ({
		text: getComputedStyle(document.querySelector("h1")).color,
		ground: getComputedStyle(document.body).backgroundColor,
	}));

	assert.deepEqual(ink, { text: "rgb(0, 0, 0)",
		ground: "rgb(255, 255, 255)" });
	const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
	const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g);

	assert.ok(pages.length >= 3, `${pages.length} sheets`);
});
