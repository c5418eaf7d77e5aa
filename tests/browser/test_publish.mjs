/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first complete use, in both languages: a ministry publishes, an operator
 * of the sector reads and answers, the ministry sees it, others see nothing.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, day, fillDraft, oneWord, publish, save,
	writeDraft } from "./lib/acts.mjs";
import { member } from "./lib/browser.mjs";
import { status } from "./lib/seen.mjs";
import { LANGUAGES, speaker } from "./lib/words.mjs";

const cast = {
	en: {
		ministry: "hugo.lambert@infrastructure.example",
		name: "Ministry of Infrastructure",
		reader: "daan.willems@meusegrid.example",
		readerName: "Meuse Grid Operations",
		outsider: "pieter.janssens@flanderswater.example",
		outsiderName: "Flanders Water Works",
		keeper: "sofie.jacobs@secretariat.example",
	},
	fr: {
		ministry: "camille.roux@transition.example",
		name: "Ministère de la Transition énergétique",
		reader: "lucie.fontaine@nord-energie.example",
		readerName: "Réseau Nord Énergie",
		outsider: "sophie.lejeune@eaux-sambre.example",
		outsiderName: "Eaux de la Sambre",
		keeper: "paul.kremer@secretariat.example",
	},
};

function advisory() {
	const word = oneWord();

	return {
		word,
		title: `Relay firmware accepts any update (${word})`,
		summary: "Whoever reaches the port can replace the firmware.",
		happened: "Three relays are **changed**.\n\n1. one\n2. two",
		todo: "- Close port 4712\n- Compare the checksum <b>today</b>",
		products: "Relay R40, firmware 3.1\nRelay R41, all versions",
		cves: "CVE-2026-11111\nCVE-2026-22222",
		severity: "high",
		label: "amber",
		sectors: ["energy"],
		circles: ["energy"],
		answer_by: day(9),
	};
}

/* Everything that was typed stands there, Markdown made into its elements. */
async function showsAll(page, a) {
	const main = page.getByRole("main");

	await main.getByRole("heading", { level: 1, name: a.title }).waitFor();
	await main.getByText(a.summary).waitFor();
	assert.equal(await main.locator(".prose strong")
	    .innerText(), "changed");
	assert.equal(await main.locator(".prose ol li").count(), 2);
	assert.equal(await main.locator(".todo li").count(), 2);
	assert.equal(await main.locator(".todo b").count(), 0);
	for (const line of [...a.products.split("\n"), ...a.cves.split("\n")])
		assert.ok(await main.getByText(line, { exact: true })
		    .isVisible(),
		    line);
	await main.locator(".eyebrow").getByText("TLP:AMBER", { exact: true })
	    .waitFor();
}

/* People, organisations and the list, before it is published. */
async function checkReach(page, w, who) {
	await page.getByRole("link", { name: w("Draft.Publish") }).click();
	await page.getByRole("heading", { name: w("Draft.PublishTitle") })
	    .waitFor();
	const table = page.getByRole("table");
	const row = table.getByRole("row", { name: who.readerName });

	await row.getByText(w("Circle.energy"), { exact: true }).waitFor();
	assert.equal(await table.getByText(who.outsiderName).count(), 0);
	const people = await table.getByRole("cell", {
		name: w("Reach.People.One", { n: 1 }), exact: true }).count();

	assert.ok(people >= 5, `${people} organisations with one person`);
	const tile = page.locator(".tiles > div").first();

	assert.ok(Number(await tile.locator("dd").innerText()) > 5);
}

async function publishIt(page, lang, who, a) {
	const w = speaker(lang);
	const ref = await writeDraft(page, lang, a);

	await page.getByText(w("Advisory.Preview")).waitFor();
	await showsAll(page, a);
	await checkReach(page, w, who);
	await page.getByRole("button", { name: w("Draft.PublishNow") }).click();
	await page.getByRole("status").getByText(w("Done.published")).waitFor();
	return ref;
}

async function readAndAnswer(page, lang, who, a) {
	const w = speaker(lang);

	await page.goto("/today");
	await page.getByRole("link", { name: a.title }).first().click();
	await showsAll(page, a);
	await page.getByText(w("Why.Title")).waitFor();
	assert.match(await page.locator(".why").innerText(),
	    new RegExp(w("Circle.energy")));
	await answer(page, lang, { state: "mitigating", doneBy: day(5),
		comment: "Twelve relays; we need the checksum by phone." });
	await page.locator("#answer .mine").getByText("Twelve relays")
	    .waitFor();
	await page.goto(`/advisories?q=${a.word}`);
	await page.getByText(w("Answer.State.mitigating")).first().waitFor();
	assert.equal(await page.getByText(w("Advisory.Unread")).count(), 0);
}

async function seesAnswer(page, lang, ref, who) {
	const w = speaker(lang);

	await page.goto(`/advisories/${ref}`);
	await page.getByRole("link", { name: w("Advisory.SeeAnswers") })
	    .click();
	const row = page.getByRole("row", { name: who.readerName });

	await row.getByText(w("Answer.State.mitigating")).waitFor();
	await row.getByText("Twelve relays").waitFor();
	assert.equal(await row.getByText(w("Answer.NotOpened")).count(), 0);
	assert.ok(await page.getByText(w("Answer.NotOpened")).count() > 0);
	assert.equal(await page.getByText(who.outsiderName).count(), 0);
}

/* Not by its address, not in a list, not by a search for its own word. */
async function seesNothing(page, lang, ref, a) {
	const w = speaker(lang);

	await status(page, `/advisories/${ref}`, 404);
	await page.getByRole("heading", { name: w("Failure.not_found.Title") })
	    .waitFor();
	await status(page, `/advisories/${ref}/answers`, 403);
	await page.goto(`/advisories?q=${a.word}`);
	await page.getByText(w("Advisory.EmptyFilter")).waitFor();
	for (const path of ["/today", "/advisories",
	    "/advisories?sector=energy"]) {
		await page.goto(path);
		assert.ok(!(await page.content()).includes(a.word), path);
	}
}

async function revise(page, lang, ref) {
	const w = speaker(lang);

	await page.goto(`/advisories/${ref}`);
	await page.getByRole("button", { name: w("Advisory.Revise") }).click();
	await fillDraft(page, lang,
	    { summary: "A corrected firmware is out." });
	await save(page, lang);

	/* What has changed is not said yet: asked for when it is to go out. */
	await page.getByRole("link", { name: w("Draft.Publish") }).click();
	await page.getByRole("link", { name: w("Form.Label.change") }).click();
	await page.locator("#change-error").getByText(w("Form.Error.Change"))
	    .waitFor();
	await page.getByRole("alert").getByRole("link",
	    { name: w("Form.Label.change") }).click();
	assert.equal(await page.evaluate(() => document.activeElement.id),
	    "change");
	await fillDraft(page, lang, { change: "Firmware 3.2 is the mend." });
	await save(page, lang);
	await publish(page, lang);
}

async function readsAgain(page, lang, ref, a) {
	const w = speaker(lang);

	await page.goto(`/advisories?q=${a.word}`);
	await page.locator("li.unread", { hasText: a.title }).waitFor();
	await page.getByRole("link", { name: a.title }).click();
	await page.getByText("Firmware 3.2 is the mend.").first().waitFor();
	await page.getByRole("heading", { name: w("Advisory.Changed") })
	    .waitFor();
	await page.getByText("A corrected firmware is out.").waitFor();
	/* The answer given to the first revision stands. */
	await page.locator("#answer .mine").getByText("Twelve relays")
	    .waitFor();
	await page.getByRole("link", { name: `${w("Advisory.Revision")} 1` })
	    .click();
	await page.getByText(w("Advisory.Old")).waitFor();
	await page.getByText(a.summary).waitFor();
}

async function withdraw(page, lang, ref) {
	const w = speaker(lang);

	await page.goto(`/advisories/${ref}`);
	await page.getByRole("link", { name: w("Advisory.Withdraw") }).click();
	await page.getByRole("button", { name: w("Draft.WithdrawNow") })
	    .click();
	await page.locator("#why-error").waitFor();
	await page.getByLabel(w("Form.Label.why")).fill("It was a test relay.");
	await page.getByRole("button", { name: w("Draft.WithdrawNow") })
	    .click();
	await page.getByRole("status").getByText(w("Done.withdrawn")).waitFor();
}

async function seesNotice(page, lang, ref, a) {
	const w = speaker(lang);

	await page.goto(`/advisories/${ref}`);
	await page.getByRole("heading", { name: w("Advisory.Withdrawn") })
	    .waitFor();
	await page.getByText("It was a test relay.").waitFor();
	assert.equal(await page.getByText(a.products.split("\n")[0])
	    .count(), 0);
}

for (const lang of LANGUAGES)
	test(`an advisory from draft to withdrawal (${lang})`, async (t) => {
		const who = cast[lang];
		const a = advisory();
		const ministry = await member(t, who.ministry, lang);
		const reader = await member(t, who.reader, lang);
		const outsider = await member(t, who.outsider, lang);
		const keeper = await member(t, who.keeper, lang);

		const ref = await publishIt(ministry, lang, who, a);
		await readAndAnswer(reader, lang, who, a);
		await seesAnswer(ministry, lang, ref, who);
		await seesNothing(outsider, lang, ref, a);
		await seesNothing(keeper, lang, ref, a);
		await revise(ministry, lang, ref);
		await readsAgain(reader, lang, ref, a);
		await seesNothing(outsider, lang, ref, a);
		await withdraw(ministry, lang, ref);
		await seesNotice(reader, lang, ref, a);
	});

/* Nobody outside: the page says so, and there is no button to publish. */
async function isRefused(page, a) {
	const w = speaker("en");

	await writeDraft(page, "en", a);
	await page.getByRole("link", { name: w("Draft.Publish") }).click();
	await page.getByRole("heading", { name: w("Reach.Empty") }).waitFor();
	assert.equal(await page.getByRole("button",
	    { name: w("Draft.PublishNow") }).count(), 0);
	assert.equal(await page.getByRole("row").count(), 2);
	await page.getByRole("link", { name: w("Reach.Fix") }).click();
	await page.getByRole("heading", { name: w("Draft.Edit") }).waitFor();
}

test("what would reach nobody is not published", async (t) => {
	const author = await member(t, "claire.martin@csirt.example", "en");

	/* A label that no charter carries. */
	await isRefused(author, { ...advisory(), label: "red",
		named: "lucie.fontaine@nord-energie.example" });
});
