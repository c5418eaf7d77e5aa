/* SPDX-License-Identifier: Apache-2.0 */
/* English and French stand equal: whose language, dates, plurals. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, day, oneWord, writeAndPublish } from "./lib/acts.mjs";
import { member, speak, visitor } from "./lib/browser.mjs";
import { portal } from "./lib/portal.mjs";
import { say } from "./lib/words.mjs";

async function isIn(page, lang) {
	await page.locator(`html[lang="${lang}"]`).waitFor();
}

test("a visitor reads in the browser's language", async (t) => {
	for (const [locale, lang] of [["fr-CA", "fr"], ["en-US", "en"],
		["de-DE", "en"]]) {
		const page = await visitor(t, { locale });

		await page.goto("/");
		await isIn(page, lang);
		await page.getByRole("heading",
		    { name: say(lang, "Home.Title"), level: 1 }).waitFor();
		await page.goto("/sign-in");
		await page.getByRole("heading",
		    { name: say(lang, "SignIn.Title") }).waitFor();
		await page.goto("/no-such-page");
		await page.getByText(say(lang, "Failure.not_found.Text"))
		    .waitFor();
	}
});

test("a visitor's choice is kept, and leads back to the same page",
    async (t) => {
	const page = await visitor(t, { locale: "en-GB" });

	await page.goto("/sign-in?to=/circles");
	await speak(page, "fr");
	assert.equal(new URL(page.url()).search, "?to=/circles");
	await page.goto("/advisories?label=clear&q=caf%C3%A9+%26");
	await isIn(page, "fr");
	await page.reload();
	await isIn(page, "fr");
	await speak(page, "en");
	assert.equal(new URL(page.url()).searchParams.get("q"), "café &");
	await page.goto("/");
	await isIn(page, "en");
});

test("a member's choice goes along to another browser", async (t) => {
	const email = "anne.schmit@luxtram.example";
	const page = await member(t, email, "en", { locale: "en-GB" });

	await page.goto("/account");
	await page.getByLabel(say("en", "Language.fr")).check();
	await page.getByRole("button",
	    { name: say("en", "Account.LanguageSet") }).click();
	await page.getByRole("heading",
	    { name: say("fr", "Account.Title"), level: 1 }).waitFor();

	const other = await visitor(t, { locale: "en-GB" });
	const { link } = await portal.ctl("person", "link", email);

	await other.goto(link);
	await isIn(other, "en");
	await other.getByRole("button",
	    { name: say("en", "SignIn.LinkEnter") }).click();
	await other.waitForURL(/\/today/);
	await isIn(other, "fr");
});

/* The same moment in both languages, as the platform itself writes it. */
function dateIn(lang, iso) {
	return new Intl.DateTimeFormat(lang === "fr" ? "fr-FR" : "en-GB",
	    { day: "numeric", month: "long", year: "numeric",
		timeZone: "UTC" }).format(new Date(iso)).replace(/^1 /,
	    lang === "fr" ? "1er " : "1 ");
}

test("dates and plurals are each language's own", async (t) => {
	const email = "mathieu.garnier@rail-nordest.example";
	const author = await member(t, "claire.martin@csirt.example", "en");
	const reader = await member(t, email, "en");
	const awaits = [];

	await reader.goto("/advisories?show=awaiting");
	const before = await reader.locator(".rows > li").count();
	const ref = await writeAndPublish(author, "en", {
		title: `For the plural ${oneWord()}`, summary: "s",
		happened: "h", label: "green", circles: ["transport"],
		answer_by: day(12) });

	for (const lang of ["en", "fr"]) {
		await reader.goto("/today");
		await speak(reader, lang);
		awaits.push(await reader.getByRole("heading", { level: 1 })
		    .innerText());
		await reader.goto(`/advisories/${ref}`);
		const time = reader.locator("time").filter(
		    { hasText: dateIn(lang, `${day(12)}T12:00:00Z`) });

		assert.ok(await time.count() > 0, `a date in ${lang}`);
	}
	assert.deepEqual(awaits, ["en", "fr"].map((lang) =>
		say(lang, `Today.Heading.${before === 0 ? "One" : "Other"}`,
		    { n: before + 1 })));
	await speak(reader, "fr");
	await answer(reader, "fr", { state: "unaffected" });

	/* One of them, in both languages: the circle of one organisation. */
	for (const lang of ["en", "fr"]) {
		await author.goto("/organisations/court-of-audit");
		await speak(author, lang);
		await author.getByText(say(lang, "Organisation.People.One",
		    { n: 1 }), { exact: true }).waitFor();
		await author.goto("/organisations/national-csirt");
		await author.getByText(new RegExp(
		    `^[2-9] ${say(lang, "Organisation.People.Other", { n: "" })
		    .trim()}$`)).waitFor();
	}
	await speak(author, "en");
});
