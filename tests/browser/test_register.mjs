/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreements that two signatories publish, as everybody sees them, on paper
 * too; signing keys; circles and why; a charter that is offered.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { oneWord } from "./lib/acts.mjs";
import { newKey, proofOf } from "./lib/agreements.mjs";
import { signIn, speak, visitor } from "./lib/browser.mjs";
import { portal } from "./lib/portal.mjs";
import { Tour } from "./lib/tour.mjs";
import { LANGUAGES } from "./lib/words.mjs";

const people = {
	en: { operator: "femke.desmet@portscheldt.example",
		institution: "eva.maes@infrastructure.example",
		partner: "ministry-of-infrastructure",
		keeper: "sofie.jacobs@secretariat.example" },
	fr: { operator: "anne.schmit@luxtram.example",
		institution: "antoine.girard@transition.example",
		partner: "ministere-de-la-transition-energetique",
		keeper: "paul.kremer@secretariat.example" },
};
const locales = { en: "en-GB", fr: "fr-FR" };

/* Proved: with password and code. */
async function enter(t, email, lang) {
	const page = await visitor(t, { locale: locales[lang] });

	await signIn(page, portal.person(email), lang);
	await speak(page, lang);
	return page;
}

/* A form's fields, whatever they are shown as, and its first button. */
async function send(page, action, values) {
	const form = page.locator(`main form[action="${action}"]`).first();

	await form.evaluate((f, all) => {
		for (const [name, value] of all) {
			const field = f.querySelector(
			    `[name="${name}"][value="${value}"]`) ??
			    f.querySelector(`[name="${name}"]`);

			if (field === null)
				throw new Error(`no field ${name}`);
			if (field.type === "radio" || field.type === "checkbox")
				field.checked = true;
			else
				field.value = value;
		}
	}, Object.entries(values));
	await Promise.all([
		page.waitForNavigation(),
		form.evaluate((f) => f.querySelector(
		    "button:not([type=button])").click()),
	]);
}

/* Drafted from the portal's own text, proposed and signed by both. */
async function inForce(pages, lang, title) {
	const [page, other] = pages;

	await page.goto(`/agreements/new?kind=exchange&language=${lang}`);
	/* As the button that adds the second party, which saves, too. */
	await send(page, "/agreements/new", { title, circle_name: title,
		party: people[lang].partner, act: "add", sharing: "never",
		max_label: "green", notice_days: "30", order: "free" });
	const ref = /AGR-\d+-\d+/.exec(page.url())[0];
	const path = `/agreements/${ref}`;

	await page.goto(`${path}/propose`);
	await send(page, `${path}/propose`, {});
	for (const each of [page, other]) {
		await each.goto(`${path}/sign`);
		await send(each, `${path}/sign`, { agree: "1" });
	}
	return ref;
}

async function publish(pages, ref, publication, extent) {
	const path = `/agreements/${ref}/publish`;

	await pages[0].goto(path);
	await send(pages[0], path, { publication, extent });
	await pages[1].goto(path);
	await send(pages[1], `${path}/agree`, {});
}

async function keys(t, tour) {
	const key = await newKey(t);
	const { number } = key;

	await tour.visit("/keys", "/keys/new");
	await tour.sendWrongly("/keys/new", { key: "not a key" });
	await tour.page.goto("/keys/new");
	await tour.send("/keys/new", { key: key.text });
	await tour.look();
	await tour.sendWrongly("/keys/new", { pasted: "not a signature" });
	const proof = await readFile(await proofOf(tour.page, key), "utf8");

	await tour.send("/keys/new", { pasted: proof });
	await tour.look();
	await tour.visit("/keys", `/keys/${number}`, `/keys/${number}/revoke`);
	await tour.send(`/keys/${number}/revoke`);
	await tour.look();
}

/* What stands on paper: the label on each sheet, the text, no buttons. */
async function onPaper(page, path, label) {
	await page.goto(path);
	await page.emulateMedia({ media: "print", colorScheme: "dark" });
	assert.equal(await page.locator("button:visible").count(), 0);
	assert.equal(await page.locator("a[download]:visible").count(), 0);
	assert.equal(await page.locator("textarea:visible").count(), 0);
	for (const each of await page.locator(".sheet-label").all()) {
		assert.ok(await each.isVisible());
		assert.equal(await each.innerText(), label);
	}
	assert.ok(await page.locator(".digest").isVisible());
	assert.ok(await page.locator(".parties").isVisible());
	const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
	const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g);

	assert.ok(sheets.length >= 3, `${sheets.length} sheets`);
	await page.emulateMedia({ media: null, colorScheme: null });
}

/* By who is not signed in. */
async function asEverybody(t, lang, whole, terms) {
	const page = await visitor(t, { locale: locales[lang] });
	const tour = new Tour(page, lang);

	await tour.visit("/register", "/register?kind=exchange&show=in-force",
	    "/register?sector=space", `/register/${whole}`,
	    `/register/${terms}`);
	assert.equal(await page.locator(".prose").count(), 0);
	await onPaper(page, `/register/${whole}`, "TLP:CLEAR");
	await page.goto("/register");
	const feed = page.locator('link[type="application/atom+xml"]');

	assert.equal(await feed.getAttribute("href"), "/register.atom");
	tour.end();
}

async function walk(t, lang) {
	const pages = [await enter(t, people[lang].operator, lang),
		await enter(t, people[lang].institution, lang)];
	const word = oneWord();
	const whole = await inForce(pages, lang, `Whole ${word}`);
	const terms = await inForce(pages, lang, `Terms ${word}`);
	const own = await inForce(pages, lang, `Own ${word}`);
	const tour = new Tour(pages[0], lang);

	await publish(pages, whole, "everybody", "whole");
	await publish(pages, terms, "everybody", "terms");
	await asEverybody(t, lang, whole, terms);
	await onPaper(pages[0], `/agreements/${own}`, "TLP:AMBER+STRICT");
	await keys(t, tour);
	await tour.visit("/today", "/register", `/register/${whole}`,
	    "/access", "/circles");
	await tour.follow(`Own ${word}`);
	await tour.visit("/circles/community");
	tour.end();
}

for (const lang of LANGUAGES)
	test(`agreements on the register (${lang})`, (t) => walk(t, lang));

/* An organisation whose charter was offered, withdrawn, and offered anew. */
for (const lang of LANGUAGES)
	test(`a charter is offered (${lang})`, async (t) => {
		const page = await enter(t, people[lang].keeper, lang);
		const tour = new Tour(page, lang);

		await tour.visit("/organisations/new");
		await send(page, "/organisations/new",
		    { name: `Offered ${oneWord()}`, kind: "operator",
			country: "BE", sectors: "waste", charter: "here",
			charter_language: lang });
		const path = new URL(page.url()).pathname;
		const charter = await page.locator('dd a[href*="/agreements/"]')
		    .getAttribute("href");

		await tour.look();
		await page.goto(`${charter}/withdraw`);
		await send(page, `${charter}/withdraw`, { why: "A test." });
		await tour.visit(path, `${path}/charter`);
		/* No page of ours offers such a language. */
		await page.locator("[name=charter_language]").last()
		    .evaluate((e) => {
			e.value = "xx";
			e.checked = true;
		});
		const wrong = await tour.send(`${path}/charter`);

		assert.equal(wrong.status(), 400);
		await tour.look();
		await send(page, `${path}/charter`, { charter_language: lang });
		await tour.look();
		tour.end();
	});
