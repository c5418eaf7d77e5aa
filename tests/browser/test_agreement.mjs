/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole negotiation between five organisations: drafted, talked about,
 * signed by all, in force, an advisory inside the new circle, notice and the
 * end of access; and a look at each page on the way, also when something was
 * wrong.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { oneWord } from "./lib/acts.mjs";
import { signIn, speak, visitor } from "./lib/browser.mjs";
import { portal } from "./lib/portal.mjs";
import { Tour } from "./lib/tour.mjs";
import { LANGUAGES, speaker } from "./lib/words.mjs";

/* Signatories; the first is a publisher, too. */
const people = {
	en: ["jonas.peeters@csirt.example", "daan.willems@meusegrid.example",
		"lotte.goossens@nswind.example",
		"femke.desmet@portscheldt.example",
		"pieter.janssens@flanderswater.example"],
	fr: ["nadia.benali@regulation.example",
		"lucie.fontaine@nord-energie.example",
		"claude.muller@elux-sud.example",
		"mathieu.garnier@rail-nordest.example",
		"sophie.lejeune@eaux-sambre.example"],
};
const locales = { en: "en-GB", fr: "fr-FR" };

async function sit(t, email, lang) {
	const page = await visitor(t, { locale: locales[lang] });

	await signIn(page, portal.person(email), lang);
	await speak(page, lang);
	return new Tour(page, lang);
}

/* The form of a draft has several buttons: this one saves it. */
async function save(tour) {
	await tour.page.locator(".bar-acts button").click();
	await tour.page.waitForLoadState();
}

async function saveWrongly(tour) {
	await tour.page.locator("#notice_days").fill("9999");
	await save(tour);
	await tour.page.getByRole("alert").waitFor();
	await tour.look();
	await tour.page.locator("#notice_days").fill("0");
}

async function addParties(tour, emails) {
	for (const email of emails) {
		const name = portal.person(email).organisation;

		await tour.page.locator("#party").selectOption({ label: name });
		await tour.page.locator('button[value="add"]').click();
		await tour.page.locator(".chosen b", { hasText: name }).waitFor();
	}
}

/* A first draft of all five: its path. */
async function draft(tour, lang, circle) {
	const { page } = tour;

	await tour.visit("/agreements", "/agreements/new",
	    "/agreements/new?kind=exchange");
	await page.locator("#circle_name").fill(circle);
	await saveWrongly(tour);
	await addParties(tour, people[lang].slice(1));
	await tour.look();
	await page.locator('button[value="add"]').click();
	await page.locator("#party-error").waitFor();
	await tour.look();
	await saveWrongly(tour);
	const title = await page.locator("#title").inputValue();

	await page.locator("#title").fill("");
	await save(tour);
	const path = new URL(page.url()).pathname.replace(/\/propose$/, "");

	/* What it lacks is said before one proposes it. */
	assert.ok(await page.locator(`main a[href$="/edit#title"]`)
	    .isVisible());
	assert.equal(await page.locator(`form[action="${path}/propose"]`)
	    .count(), 0);
	await tour.look();
	await page.goto(`${path}/edit`);
	await page.locator("#title").fill(title);
	await save(tour);
	return path;
}

async function negotiate(a, b, path) {
	await a.send(`${path}/propose`);
	await a.look();
	await b.visit(path);
	await b.sendWrongly(`${path}/comments`, { comment: "" });
	await b.send(`${path}/comments`, { comment: oneWord() });
	await a.page.goto(path);
	await a.send(`${path}/revise`);
	await a.page.locator("#text").fill(`${await a.page.locator("#text")
	    .inputValue()}\n\nOne article more.`);
	await a.page.locator("#change").fill("One article more.");
	await save(a);
	await a.look();
	await a.send(`${path}/propose`);
	await a.visit(`${path}/compare?from=1&to=2`, `${path}/versions/1`);
	assert.equal(await a.page.goto(`${path}/compare`)
	    .then(() => a.page.locator("ins").last().isVisible()), true);
}

async function signAll(tours, path) {
	await tours[0].visit(`${path}/sign`);
	await tours[0].sendWrongly(`${path}/sign`);
	for (const tour of tours) {
		await tour.page.goto(`${path}/sign`);
		await tour.page.locator("#agree").check();
		await tour.send(`${path}/sign`);
	}
	await tours[4].look();
}

/* Inside the new circle; its path. */
async function publish(tour, lang, circle) {
	const { page } = tour, w = speaker(lang);

	await page.goto("/drafts/new");
	await page.locator("#title").fill(`Inside ${circle}`);
	await page.locator("#summary").fill("For the parties alone.");
	await page.locator("#happened").fill("Something.");
	await page.getByLabel(w("Tlp.Choice.amber")).check();
	await page.getByLabel(circle, { exact: true }).check();
	await page.getByRole("button", { name: w("Draft.Save") }).click();
	await page.getByRole("link", { name: w("Draft.Publish") }).click();
	await page.getByRole("button", { name: w("Draft.PublishNow") }).click();
	await page.waitForURL(/\/advisories\/ENT/);
	return new URL(page.url()).pathname;
}

async function leave(tour, path, advisory) {
	const { page } = tour;

	assert.equal((await page.goto(advisory)).status(), 200);
	await tour.visit(`${path}/notice`);
	await tour.sendWrongly(`${path}/notice`, { why: "" });
	await tour.send(`${path}/notice`, { why: "It leaves." });
	assert.equal((await page.goto(advisory)).status(), 404);
	await tour.visit(path);
}

async function makePublic(a, c, path) {
	await a.visit(`${path}/publish`);
	await a.page.locator("[name=publication]:checked").evaluate((e) => {
		e.value = "none";
	});
	await a.sendWrongly(`${path}/publish`);
	await a.page.goto(`${path}/publish`);
	await a.send(`${path}/publish`);
	await c.visit(`${path}/publish`);
	await c.sendWrongly(`${path}/publish/agree`, { extent: "half" });
}

async function stand(tour, path, party) {
	for (const [act, wrong, right] of [
		["suspend", { why: "" }, { why: "For a test." }],
		["resume", { version: "0" }, {}]]) {
		const way = `${path}/${act}/${party}`;

		await tour.visit(way);
		await tour.sendWrongly(way, wrong);
		await tour.page.goto(way);
		await tour.send(way, right);
		await tour.look();
	}
}

/* Pages before what is not done in the end. */
async function lookOnly(tour, path) {
	for (const act of ["amend", "renew", "terminate"]) {
		await tour.visit(`${path}/${act}`);
		await tour.sendWrongly(`${path}/${act}`, { version: "0" });
	}
}

async function takeBack(tour, lang) {
	const { page } = tour;

	await page.goto("/agreements/new?kind=audit");
	await page.locator("#circle_name").fill(oneWord());
	await addParties(tour, people[lang].slice(1, 2));
	await save(tour);
	const path = new URL(page.url()).pathname.replace(/\/propose$/, "");

	await tour.visit(`${path}/discard`);
	await page.goto(`${path}/propose`);
	await tour.send(`${path}/propose`);
	await tour.visit(`${path}/withdraw`);
	await tour.sendWrongly(`${path}/withdraw`, { why: "" });
	await tour.send(`${path}/withdraw`, { why: "It leads nowhere." });
	await tour.look();
}

for (const lang of LANGUAGES)
	test(`five organisations agree (${lang})`, async (t) => {
		const tours = [], circle = `Circle ${oneWord()}`;

		for (const email of people[lang])
			tours.push(await sit(t, email, lang));
		const [a, b, c] = tours;
		const path = await draft(a, lang, circle);

		await negotiate(a, b, path);
		await signAll(tours, path);
		const advisory = await publish(a, lang, circle);

		await stand(a, path,
		    await c.page.goto(path).then(() => c.page
		        .locator('a[href*="/suspend/"]').last()
		        .getAttribute("href")).then((h) => h.split("/").pop()));
		await makePublic(a, c, path);
		await lookOnly(a, path);
		await leave(b, path, advisory);
		await takeBack(a, lang);
		for (const tour of tours)
			tour.end();
	});
