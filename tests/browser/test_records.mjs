/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records: an auditor narrows the list to one organisation and to advisories,
 * opens one, takes its receipt, has it checked; asks for a bundle, waits for
 * it, has that checked; the log, for everybody.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { member, visitor } from "./lib/browser.mjs";
import { Tour } from "./lib/tour.mjs";
import { LANGUAGES, speaker } from "./lib/words.mjs";

const locales = { en: "en-GB", fr: "fr-FR" };

async function taken(page, link, encoding = "utf8") {
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.locator(link).click(),
	]);

	return readFileSync(await download.path(), encoding);
}

for (const lang of LANGUAGES)
	test(`records of an auditor (${lang})`, async (t) => {
		const page = await member(t, "marc.weber@audit.example", lang);
		const tour = new Tour(page, lang);

		await tour.visit("/records", "/records?object=none",
		    "/records?from=yesterday");
		await page.goto("/records");
		await page.locator("summary").first().click();
		await page.locator("#organisation").selectOption(
		    "national-csirt");
		await page.locator("#family").selectOption("advisory");
		await Promise.all([page.waitForNavigation(),
			page.locator("form.search button").click()]);
		await tour.look();
		await page.locator('a[href^="/bundles/new?"]').click();
		await tour.look();
		assert.equal(await page.locator("#organisation").inputValue(),
		    "national-csirt");
		assert.ok(await page.locator(
		    "[name=families][value=advisory]").isChecked());
		await page.goBack();
		await page.locator(".rows a").first().click();
		await tour.look();
		const number = /records\/(\d+)/.exec(page.url())[1];
		const bytes = await taken(page, 'a[href$="/json"]');

		assert.equal(JSON.parse(bytes).format, "entente-record/1");
		const receipt = await taken(page, 'a[href$="/proof"]');

		assert.match(receipt, new RegExp("^c2sp.org/tlog-proof@v1\n" +
		    `index ${Number(number) - 1}\n`));
		tour.end();
	});

async function put(tour, files) {
	await tour.visit("/verify");
	for (const [field, [name, buffer]] of Object.entries(files))
		await tour.page.locator(`[name=${field}]`).setInputFiles(
		    { name, mimeType: "application/octet-stream", buffer });
	await tour.send("/verify");
	await tour.look();
}

/* What /verify says of these files, by the fields they are put into. */
async function verdict(tour, files) {
	await put(tour, files);
	return tour.page.getByRole("status").getByRole("heading", { level: 2 })
	    .innerText();
}

/* It does not take them for something false, and says what it needs. */
async function refused(tour, files, error) {
	await put(tour, files);
	assert.ok((await tour.page.locator("p.error").innerText())
	    .includes(speaker(tour.lang)(`Form.Error.${error}`)), error);
}

/* A bundle from its form to the file, as bytes. */
async function bundled(tour) {
	const page = tour.page;

	await tour.visit("/bundles", "/bundles/new");
	await tour.sendWrongly("/bundles/new",
	    { since: "2026-03-02", through: "2026-03-01" });
	await page.goto("/bundles/new");
	await page.locator("[name=families][value=organisation]").check();
	await tour.send("/bundles/new");
	await tour.look();

	/* The page is read anew by itself once it is made. */
	await page.locator('a[href$="/file"]').waitFor();
	await tour.look();
	const path = new URL(page.url()).pathname;
	const bytes = Buffer.from(await taken(page, 'a[href$="/file"]',
	    "latin1"), "latin1");

	await tour.visit("/bundles");
	assert.equal(
	    await page.locator(`.rows a[href="${path}"]`).count(), 1);
	return bytes;
}

/* The first byte of this text, another: what nobody signed. */
function altered(bytes, text) {
	const copy = Buffer.from(bytes);
	const at = copy.indexOf(text);

	assert.notEqual(at, -1);
	copy[at] ^= 1;
	return copy;
}

for (const lang of LANGUAGES)
	test(`a receipt is checked with its record (${lang})`, async (t) => {
		const w = speaker(lang);
		const page = await member(t, "marc.weber@audit.example", lang);
		const tour = new Tour(page, lang);

		await tour.visit("/records?family=agreement");
		await page.locator(".rows a").first().click();
		const record = ["record.json",
			Buffer.from(await taken(page, 'a[href$="/json"]'))];
		const proof = ["record.tlog-proof",
			Buffer.from(await taken(page, 'a[href$="/proof"]'))];
		const other = ["record.json", altered(record[1], '"at"')];

		assert.equal(await verdict(tour, { file: proof, record }),
		    w("Verify.Verdict.true"));
		assert.equal(await verdict(tour,
		    { file: record, record: proof }), w("Verify.Verdict.true"));
		assert.equal(
		    await verdict(tour, { file: proof, record: other }),
		    w("Verify.Verdict.false"));
		await refused(tour, { file: proof }, "ReceiptAlone");
		await refused(tour, { file: record }, "RecordAlone");
		await refused(tour, { file: record, record }, "NoReceipt");
		await refused(tour, { file: ["a.txt", Buffer.from("a")] },
		    "NoBundle");
		tour.end();
	});

for (const lang of LANGUAGES)
	test(`a bundle is made, taken and checked (${lang})`, async (t) => {
		const w = speaker(lang);
		const page = await member(t, "marc.weber@audit.example", lang);
		const tour = new Tour(page, lang);
		const bytes = await bundled(tour);
		const wrong = altered(bytes, '"format":"entente-record/1"');

		assert.equal(await verdict(tour, { file: ["a.tar", bytes] }),
		    w("Verify.Verdict.true"));
		assert.equal(await verdict(tour, { file: ["a.tar", wrong] }),
		    w("Verify.Verdict.false"));
		/* Wherever it is changed it is false, and no other file. */
		for (const part of ["README.txt", "ustar"])
			assert.equal(
			    await verdict(tour,
				{ file: ["a.tar", altered(bytes, part)] }),
			    w("Verify.Verdict.false"));
		await tour.visit("/verify");
		await tour.sendWrongly("/verify", {});
		tour.end();
	});

for (const lang of LANGUAGES)
	test(`the log for everybody (${lang})`, async (t) => {
		const page = await visitor(t, { locale: locales[lang] });
		const tour = new Tour(page, lang);

		await tour.visit("/log");
		await page.locator("main summary").first().click();
		await tour.look();
		tour.end();
	});
