/* SPDX-License-Identifier: Apache-2.0 */
/* A CSAF document as a page: handed in by a publisher, read by a member. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { oneWord } from "./lib/acts.mjs";
import { member } from "./lib/browser.mjs";
import { fitsWidth } from "./lib/seen.mjs";
import { LANGUAGES, speaker } from "./lib/words.mjs";

const sample = new URL("../sample/csaf/2026/ncsirt-2026-0022.json",
    import.meta.url);

/* A document of the sample under an identifier of its own. */
function document() {
	const csaf = JSON.parse(readFileSync(sample, "utf8"));

	csaf.document.tracking.id = `NCSIRT-${oneWord()}`;
	csaf.document.title = `A gateway (${csaf.document.tracking.id})`;
	return csaf;
}

function file(csaf) {
	return { name: `${csaf.document.tracking.id.toLowerCase()}.json`,
		mimeType: "application/json",
		buffer: Buffer.from(JSON.stringify(csaf)) };
}

async function handIn(page, lang, csaf) {
	const w = speaker(lang);

	await page.goto("/drafts/import");
	await page.getByLabel(w("Form.Label.file")).setInputFiles(file(csaf));
	await page.getByRole("button", { name: w("Draft.ImportNow") }).click();
	await page.getByRole("status").waitFor();

	/* What was done; below, the way to its record. */
	return page.getByRole("status").locator("p").first().innerText();
}

/* The branches of a product tree, in the order of the page. */
function branches(nodes, depth = 0) {
	return (nodes ?? []).flatMap((n) =>
		[{ depth, name: n.name }, ...branches(n.branches, depth + 1)]);
}

async function hasTree(page, w, csaf) {
	const tree = page.locator(".tree");

	if (!await tree.isVisible())
		await page.getByText(w("Csaf.ProductTree")).click();
	for (const { name } of branches(csaf.product_tree.branches))
		assert.ok(await tree.getByText(name, { exact: true })
		    .count() > 0,
		    name);
}

async function hasVulnerabilities(page, w, csaf) {
	const shown = page.locator(".vulnerability");

	assert.equal(await shown.count(), csaf.vulnerabilities.length);
	for (const [i, v] of csaf.vulnerabilities.entries()) {
		const box = shown.nth(i);

		await box.getByText(v.cve, { exact: true }).waitFor();
		for (const note of v.notes ?? [])
			assert.ok((await box.innerText()).includes(
			    note.text.trim().split("\n")[0]));
		for (const s of v.scores ?? []) {
			const cvss = s.cvss_v3 ?? s.cvss_v2;

			await box.getByText(cvss.vectorString)
			    .first().waitFor();
		}
		for (const r of v.remediations ?? [])
			await box.getByText(
			    w(`Csaf.Remediation.${r.category}`))
			    .first().waitFor();
	}
}

for (const lang of LANGUAGES)
	test(`a CSAF document is a readable page (${lang})`, async (t) => {
		const w = speaker(lang);
		const csaf = document();
		const author = await member(t, "claire.martin@csirt.example",
		    lang);
		const reader = await member(t, "daan.willems@meusegrid.example",
		    lang);

		// It names a sector that is none of ours, which is said.
		assert.equal(await handIn(author, lang, csaf),
		    w("Done.imported_sectors"));
		const path = new URL(author.url()).pathname;

		await reader.goto(path);
		await reader.getByRole("heading",
		    { name: csaf.document.title, level: 1 }).waitFor();
		for (const part of ["Notes", "Products", "Vulnerabilities",
			"References", "History"])
			await reader.getByRole("heading",
			    { name: w(`Csaf.${part}`), level: 2 })
			    .first().waitFor();
		await hasTree(reader, w, csaf);
		await hasVulnerabilities(reader, w, csaf);

		/* The same bytes come back, as a file. */
		const down = reader.waitForEvent("download");

		await reader.getByRole("link",
		    { name: w("Advisory.OriginalGet") })
		    .click();
		const kept = readFileSync(await (await down).path(), "utf8");

		assert.equal(kept, JSON.stringify(csaf));
		assert.equal(await handIn(author, lang, csaf),
		    w("Done.import_skipped"));
	});

test("a file that is no CSAF document is refused beside its field",
    async (t) => {
	const w = speaker("en");
	const page = await member(t, "claire.martin@csirt.example", "en");

	await page.goto("/drafts/import");
	await page.getByLabel(w("Form.Label.file")).setInputFiles({
		name: "letter.json", mimeType: "application/json",
		buffer: Buffer.from("{ \"document\": 1 }") });
	await page.getByRole("button", { name: w("Draft.ImportNow") }).click();
	await page.getByRole("alert").getByRole("link").click();
	assert.equal(await page.evaluate(() => document.activeElement.id),
	    "file");
});

const corpus = process.env.HAS_CORPUS === "yes" ? {} :
    { skip: "the corpus of 1,022 documents is not here" };

test("of the corpus, the largest pages fit a telephone", corpus,
    async (t) => {
	const page = await member(t, "remi.chevalier@hydro-alpine.example",
	    "fr", { viewport: { width: 390, height: 844 } });

	for (const query of ["Treck", "OpenSSL", "SIMATIC", "Wind River"]) {
		await page.goto(`/advisories?q=${query}`);
		await fitsWidth(page);
		await page.locator(".rows a").first().click();
		await page.locator(".document").waitFor();
		await page.evaluate(() => {
			for (const d of document.querySelectorAll("details"))
				d.open = true;
		});
		await fitsWidth(page);
	}
});
