/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records: an auditor narrows the list to one organisation and to advisories,
 * opens one, takes its receipt; the log, for everybody.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { member, visitor } from "./lib/browser.mjs";
import { Tour } from "./lib/tour.mjs";
import { LANGUAGES } from "./lib/words.mjs";

const locales = { en: "en-GB", fr: "fr-FR" };

async function taken(page, link) {
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.locator(link).click(),
	]);

	return readFileSync(await download.path(), "utf8");
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

for (const lang of LANGUAGES)
	test(`the log for everybody (${lang})`, async (t) => {
		const page = await visitor(t, { locale: locales[lang] });
		const tour = new Tour(page, lang);

		await tour.visit("/log");
		await page.locator("main summary").first().click();
		await tour.look();
		tour.end();
	});
