/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pictures of the main pages, for people to look at: build/shots/<page>-
 * <width>-<scheme>-<language>.png, and static/screenshot.png of the README.
 * Started by `tests/browser/run --shots [word of a page]`.
 */
import { mkdirSync, statSync } from "node:fs";
import { after, before, test } from "node:test";
import { day, fillDraft, oneWord, save, writeDraft } from "./lib/acts.mjs";
import { member, signIn, speak, start, stop, visitor } from "./lib/browser.mjs";
import { comment, contribute, file, fillDocument, renew, saveDocument,
	writeDocument } from "./lib/library.mjs";
import { portal } from "./lib/portal.mjs";
import { LANGUAGES, speaker } from "./lib/words.mjs";

const folder = new URL("../../build/shots/", import.meta.url).pathname;
const readme = new URL("../../static/screenshot.png", import.meta.url)
    .pathname;
const widths = [1180, 390];
const schemes = ["light", "dark"];

const reader = { en: "daan.willems@meusegrid.example",
	fr: "lucie.fontaine@nord-energie.example" };
const writer = { en: "claire.martin@csirt.example",
	fr: "camille.roux@transition.example" };
const steward = { isProved: true, en: "claire.martin@csirt.example",
	fr: "camille.roux@transition.example" };
const keeper = { isProved: true, en: "sofie.jacobs@secretariat.example",
	fr: "paul.kremer@secretariat.example" };
const organisation = { en: "national-csirt",
	fr: "ministere-de-la-transition-energetique" };

async function shoot(page, name, lang) {
	for (const width of widths)
		for (const colorScheme of schemes) {
			await page.setViewportSize(
			    { width, height: width > 600 ? 900 : 844 });
			await page.emulateMedia({ colorScheme });
			const file =
			    `${name}-${width}-${colorScheme}-${lang}.png`;

			await page.screenshot(
			    { fullPage: true, path: `${folder}${file}` });
		}
	await page.setViewportSize({ width: 1180, height: 900 });
	await page.emulateMedia({ colorScheme: null });
}

async function first(page, list) {
	await page.goto(list);
	await page.locator(".rows a").first().click();
	await page.waitForURL(/advisories\/ENT/);
}

const draft = {
	title: "Firmware of a protection relay accepts unsigned updates",
	summary: "Whoever reaches the maintenance port can replace it.",
	happened: "Two operators found **changed** firmware.\n\n- R40\n- R41",
	todo: "1. Close port 4712.\n2. Compare the checksum.",
	products: "Relay R40, firmware 3.1\nRelay R41, all versions",
	cves: "CVE-2026-11111", severity: "high", label: "amber",
	sectors: ["energy"], circles: ["energy"], answer_by: day(9),
};

const shelf = {
	title: "Plan de continuité d’un poste de commande électrique",
	summary: "Pour les exploitants de postes électriques : préparer, écrire et exercer un plan de continuité.",
	file: file("plan-de-continuité.md", "# Se préparer\n\nUn plan **écrit** vaut mieux.\n\n1. Nommer\n2. Exercer chaque trimestre\n\n| Qui | Quand |\n|---|---|\n| Poste | matin |\n"),
	language: "fr", kind: "guide", label: "green", sectors: ["energy"],
	measures: ["b", "c"], circles: ["community"], review_by: day(20),
};
/* What the pages of the library are about, by language. */
const shelved = new Map();

async function talkAbout(page, lang) {
	await page.goto(`/documents/${shelved.get(lang)}`);
	await page.locator("form[action$='/use'] button").click();
	await comment(page, lang, "Who is to be called at night?");
	await page.locator("#talk a[href*=reply]").click();
	await comment(page, lang, "We ask our duty officer, and write it down.",
	    "ReplyNow");
}

/* name, who, and the way there: a path, or what to do. */
const pages = [
	["home", null, "/"],
	["public", null, "/advisories"],
	["sign-in", null, "/sign-in"],
	["not-there", null, "/nothing-here"],
	["invitation", null, async (page, lang) => {
		const { link } = await portal.ctl("person", "invite",
		    organisation[lang], "--name", "Noémie Klein", "--email",
		    `${oneWord()}@new.example`, "--language", lang);

		await page.goto(link);
	}],
	["authenticator", null, async (page) => {
		const path = new URL(page.url()).pathname;

		await page.fill("#password", `${oneWord()} drei lange Wörter`);
		await page.click(`main form[action="${path}"] button`);
		await page.waitForURL(/factor$/);
	}],
	["today", reader, "/today"],
	["list", reader, "/advisories"],
	["search", reader, "/advisories?q=firmware&severity=high"],
	["read", reader,
	    (page) => first(page, "/advisories?q=gateway+firmware")],
	["document", reader, (page) => first(page, "/advisories?q=Treck")],
	["withdrawn", reader, (page) => first(page, "/advisories?q=old+VPN")],
	["revised", reader, (page) => first(page, "/advisories?q=poisoned")],
	["circles", reader, "/circles"],
	["organisations", reader, "/organisations"],
	["account", reader, "/account"],
	["publisher", writer, "/today"],
	["drafts", writer, "/drafts"],
	["import", writer, "/drafts/import"],
	["preview", writer, (page, lang) => writeDraft(page, lang, draft)],
	["publish", writer, (page, lang) => page.getByRole("link",
	    { name: speaker(lang)("Draft.Publish") }).click()],
	["edit", writer, async (page) => page.goto(
	    page.url().replace(/\/publish.*/, ""))],
	["errors", writer, async (page, lang) => {
		await page.goto("/drafts/new");
		await fillDraft(page, lang, { cves: "CVE-1" });
		await save(page, lang);
		await page.getByRole("alert").waitFor();
	}],
	["answers", writer, async (page) => {
		await page.goto("/advisories?show=own&label=amber");
		await page.locator(".rows a").last().click();
		await page.locator('main a[href$="/answers"]').click();
		await page.waitForURL(/answers$/);
	}],
	["library-new", writer, "/documents/new"],
	["library-publish", writer, async (page, lang) => shelved.set(lang,
	    await writeDocument(page, lang, shelf))],
	["library-errors", writer, async (page, lang) => {
		await page.goto("/documents/new");
		await fillDocument(page, lang, { ...shelf, title: "A title",
			file: file("plan.pdf", "No PDF at all.") });
		await saveDocument(page, lang);
		await page.locator("#file-error").waitFor();
	}],
	["library-own", writer, async (page, lang) => {
		const ref = await contribute(page, lang, shelf);

		shelved.set(lang, ref);
		await renew(page, lang, ref, { note: "Chaque mois.",
			file: file("plan.md", "# Se préparer\n\nUn plan " +
			    "**écrit** vaut mieux.\n\n1. Nommer\n" +
			    "2. Exercer chaque mois\n") });
	}],
	["library-compare", writer, (page, lang) => page.goto(
	    `/documents/${shelved.get(lang)}/compare`)],
	["library-read", reader, talkAbout],
	["library-readings", writer, (page, lang) => page.goto(
	    `/documents/${shelved.get(lang)}/readings`)],
	["library", reader, "/documents?sector=energy"],
	["library-search", reader, "/documents?q=continuite"],
	["subscriptions", reader, "/subscriptions"],
	["people", steward, "/people"],
	["invite", steward, "/people/new"],
	["codes", steward, async (page) => {
		await page.goto("/account");
		await page.click('main form[action="/account/codes"] button');
		await page.locator(".codes").waitFor();
	}],
	["admit", keeper, "/organisations/new"],
	["suspend", keeper, "/organisations/brabant-fibre/suspend"],
];

const locales = { en: "en-GB", fr: "fr-FR" };
const wanted = process.argv.slice(2);

before(async () => {
	mkdirSync(folder, { recursive: true });
	await start();
});
after(stop);

/* Whoever looks after people or organisations has proved who they are. */
async function sit(t, who, lang) {
	if (who !== null && !who.isProved)
		return member(t, who[lang], lang);
	const page = await visitor(t, { locale: locales[lang] });

	if (who !== null) {
		await signIn(page, portal.person(who[lang]), lang);
		await speak(page, lang);
	}
	return page;
}

for (const lang of LANGUAGES)
	test(`pictures (${lang})`, async (t) => {
		const seats = new Map();
		const seat = async (who) => {
			if (!seats.has(who))
				seats.set(who, await sit(t, who, lang));
			return seats.get(who);
		};

		for (const [name, who, way] of pages) {
			const page = await seat(who);

			if (typeof way === "string")
				await page.goto(way);
			else
				await way(page, lang);
			await page.waitForLoadState();
			if (wanted.length === 0 || wanted.includes(name))
				await shoot(page, name, lang);
		}
	});

test("the picture of the README", async (t) => {
	const page = await member(t, "daan.willems@meusegrid.example", "en");

	await page.setViewportSize({ width: 1180, height: 860 });
	await page.emulateMedia({ colorScheme: "light" });
	await page.goto("/today");
	await page.screenshot({ path: readme });
	const size = statSync(readme).size;

	if (size > 250000)
		throw new Error(`${readme} has ${size} bytes`);
});
