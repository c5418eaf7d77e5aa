/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library, in both languages: a publisher contributes, a reader finds,
 * reads, has the file, says something; another organisation reviews; the next
 * version comes; it is withdrawn; an outsider sees nothing of all that.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { day, oneWord } from "./lib/acts.mjs";
import { member, visitor } from "./lib/browser.mjs";
import { comment, contribute, file, fillDocument, publishDocument, renew,
	saveDocument, writeDocument } from "./lib/library.mjs";
import { focusComes, status } from "./lib/seen.mjs";
import { LANGUAGES, speaker } from "./lib/words.mjs";

const cast = {
	en: {
		publisher: "hugo.lambert@infrastructure.example",
		name: "Ministry of Infrastructure",
		reader: "daan.willems@meusegrid.example",
		readerName: "Meuse Grid Operations",
		reviewer: "claire.martin@csirt.example",
		reviewerName: "National CSIRT",
		outsider: "pieter.janssens@flanderswater.example",
		outsiderName: "Flanders Water Works",
	},
	fr: {
		publisher: "camille.roux@transition.example",
		name: "Ministère de la Transition énergétique",
		reader: "julien.morel@centrales-rhone.example",
		readerName: "Centrales du Rhône",
		reviewer: "thomas.leroy@nord-energie.example",
		reviewerName: "Réseau Nord Énergie",
		outsider: "sophie.lejeune@eaux-sambre.example",
		outsiderName: "Eaux de la Sambre",
	},
};

const TEXT = `# Préparer la résilience

Un plan **écrit** vaut mieux qu'un plan su.

1. Nommer les responsables.
2. Exercer la bascule chaque trimestre.

Les numéros d'appel sont affichés près du poste.
`;

/* The circle is the energy sector's; the reviewer of the English round is an
   institution, which reads what the community has. */
function document(lang) {
	const word = oneWord();

	return {
		word,
		title: `Plan de continuité (${word})`,
		summary: "Pour les exploitants : préparer et exercer un plan.",
		file: file("plan-de-continuité.md", TEXT),
		language: "fr", kind: "guide", label: "green",
		sectors: ["energy"], measures: ["c"],
		circles: [lang === "fr" ? "energy" : "community"],
		review_by: day(200),
	};
}

/* ---- contributing ------------------------------------------------------- */

async function contributeIt(page, lang, who, d) {
	const w = speaker(lang);
	const ref = await writeDocument(page, lang, d);

	await page.getByRole("heading", { name: w("Draft.PublishTitle") })
	    .waitFor();
	const row = page.getByRole("row", { name: who.readerName });

	await row.getByText(w(`Circle.${d.circles[0]}`), { exact: true })
	    .waitFor();
	await publishDocument(page, lang);
	await page.getByRole("heading", { level: 1, name: d.title }).waitFor();
	return ref;
}

/* By words of its inside, without their accents; hits are marked. */
async function findIt(page, lang, d) {
	const w = speaker(lang);

	await page.goto("/documents");
	await page.getByLabel(w("Document.Search"))
	    .fill(`resilience ${d.word}`);
	await page.getByRole("button", { name: w("Advisory.SearchGo") })
	    .click();
	const row = page.locator("li.unread", { hasText: d.title });

	await row.locator("mark", { hasText: d.word }).first().waitFor();
	assert.equal(await row.locator("h3 a").getAttribute("lang"), "fr");
	await row.getByRole("link").click();
}

async function readIt(page, lang, who, d) {
	const w = speaker(lang);
	const main = page.getByRole("main");

	await main.getByRole("heading", { level: 1, name: d.title }).waitFor();
	await main.getByText(d.summary).waitFor();
	assert.match(await page.locator(".why").innerText(),
	    new RegExp(w(`Circle.${d.circles[0]}`)));
	assert.equal(await main.locator(".text strong").innerText(), "écrit");
	assert.equal(await main.locator(".text ol li").count(), 2);
	await main.getByText(d.file.name).first().waitFor();
	await main.getByText(w("Measure.Short.c")).waitFor();
	await main.getByRole("link", { name: who.name }).first().waitFor();
}

/* The very bytes, under their own name. */
async function download(page, lang, d) {
	const w = speaker(lang);
	const down = page.waitForEvent("download");

	await page.getByRole("link", { name: w("Document.Download") })
	    .first().click();
	const got = await down;

	assert.equal(got.suggestedFilename(), d.file.name);
	assert.ok(readFileSync(await got.path()).equals(d.file.buffer));
}

/* Not by its address, not its file, not by a search for its own word. */
async function seesNothing(page, lang, ref, d) {
	const w = speaker(lang);

	for (const end of ["", "/file", "/versions/1", "/versions/1/file",
	    "/compare"])
		await status(page, `/documents/${ref}${end}`, 404);
	await page.goto(`/documents?q=${d.word}`);
	await page.getByText(w("Document.EmptyFilter")).waitFor();
	await page.goto("/documents");
	assert.ok(!(await page.content()).includes(d.word));
}

/* ---- talking ------------------------------------------------------------ */

async function talk(reader, publisher, lang, ref, who) {
	const w = speaker(lang);

	await reader.goto(`/documents/${ref}`);
	await comment(reader, lang, "Whom shall we call at nigth?");
	await reader.getByRole("link", { name: w("Document.CommentEdit") })
	    .click();
	assert.equal(await reader.locator("#comment").inputValue(),
	    "Whom shall we call at nigth?");
	await comment(reader, lang, "Whom shall we call at night?",
	    "CommentEditNow");
	await reader.locator("#talk").getByText("at night?").waitFor();
	await reader.locator("#talk p.meta").getByText(w("Document.Edited"))
	    .waitFor();

	await publisher.goto(`/documents/${ref}`);
	const thread = publisher.locator(".talks > li",
	    { hasText: who.readerName });

	await thread.getByRole("link", { name: w("Document.Reply") }).click();
	await publisher.getByRole("button",
	    { name: w("Document.ReplyNow") }).click();
	await publisher.locator("#comment-error").waitFor();
	await comment(publisher, lang, "The duty officer.", "ReplyNow");
	await thread.locator(".answers", { hasText: "The duty officer." })
	    .waitFor();
	/* Nobody changes what another one said. */
	assert.equal(await thread.locator("a[href*=change]").count(), 1);
}

async function use(page, lang, ref, who) {
	const w = speaker(lang);
	const card = page.locator("aside section", { hasText:
	    w("Document.UseTitle") });

	await page.goto(`/documents/${ref}`);
	await page.getByRole("button", { name: w("Document.UseSay") }).click();
	await page.getByRole("status").getByText(w("Done.used")).waitFor();
	await card.getByText(w("Document.Uses.One", { n: 1 })).waitFor();
	await card.getByRole("link", { name: who.readerName }).waitFor();
	await page.goto("/documents?show=used");
	await page.locator(`a[href="/documents/${ref}"]`).waitFor();
}

async function review(page, lang, ref) {
	const w = speaker(lang);

	await page.goto(`/documents/${ref}`);
	await page.getByText(w("Document.ReviewGive"), { exact: true }).click();
	await page.getByLabel(w("Document.Verdict.reservations")).check();
	await page.getByRole("button", { name: w("Document.ReviewSend") })
	    .click();
	/* Which ones? */
	await page.locator("#review-error")
	    .getByText(w("Form.Error.Reservations")).waitFor();
	assert.ok(await page.getByLabel(w("Document.Verdict.reservations"))
	    .isChecked());
	await page.locator("#review").fill("The third step needs a date.");
	await page.getByRole("button", { name: w("Document.ReviewSend") })
	    .click();
	await page.getByRole("status").getByText(w("Done.reviewed")).waitFor();
	const said = page.locator("#reviews .talks > li");

	await said.getByText("needs a date").waitFor();
	await said.getByText(w("Document.Verdict.reservations")).waitFor();
}

/* ---- the next version ----------------------------------------------------- */

async function renewIt(page, lang, ref) {
	await renew(page, lang, ref, { note: "The third step has a date.",
		file: file("plan-de-continuité.md", TEXT.replace(
		    "chaque trimestre", "chaque mois")) });
}

async function readsAgain(page, lang, ref) {
	const w = speaker(lang);

	await page.goto(`/documents/${ref}`);
	await page.getByRole("heading", { name: w("Form.Label.note") })
	    .waitFor();
	await page.locator(".history").getByText("The third step has a date.")
	    .waitFor();
	await page.locator("#reviews .tag")
	    .getByText(w("Document.ReviewOld")).waitFor();
	await page.getByRole("link", { name: w("Document.CompareBefore") })
	    .click();
	const cell = page.locator(".compare tr", { hasText: "bascule" });

	assert.match(await cell.locator("del").allInnerTexts()
	    .then((t) => t.join(" ")), /trimestre/);
	assert.match(await cell.locator("ins").allInnerTexts()
	    .then((t) => t.join(" ")), /mois/);
	await page.goto(`/documents/${ref}/versions/1`);
	await page.getByText(w("Document.Old")).waitFor();
	await page.getByText("chaque trimestre").waitFor();
}

async function seesReaders(page, lang, ref, who) {
	const w = speaker(lang);

	await page.goto(`/documents/${ref}`);
	await page.getByRole("link", { name: w("Document.SeeReadings") })
	    .click();
	const row = page.getByRole("row", { name: who.readerName });

	assert.equal(await row.getByText(w("Reach.People.One", { n: 1 }))
	    .count(), 2);
	assert.equal(await page.getByText(who.outsiderName).count(), 0);
}

async function withdraw(page, reader, lang, ref) {
	const w = speaker(lang);

	await page.goto(`/documents/${ref}/withdraw`);
	await page.getByRole("button", { name: w("Document.WithdrawNow") })
	    .click();
	await page.locator("#why-error").waitFor();
	await page.getByLabel(w("Form.Label.why")).fill("Step two was wrong.");
	await page.getByRole("button", { name: w("Document.WithdrawNow") })
	    .click();
	await page.getByRole("status").getByText(w("Done.document_withdrawn"))
	    .waitFor();
	await reader.goto(`/documents/${ref}`);
	await reader.getByText("Step two was wrong.").waitFor();
	assert.equal(await reader.getByText("chaque mois").count(), 0);
	await status(reader, `/documents/${ref}/file`, 404);
	await status(reader, `/documents/${ref}/versions/1/file`, 404);
}

for (const lang of LANGUAGES)
	test(`a document from contribution to withdrawal (${lang})`,
	    async (t) => {
		const who = cast[lang];
		const d = document(lang);
		const publisher = await member(t, who.publisher, lang);
		const reader = await member(t, who.reader, lang);
		const reviewer = await member(t, who.reviewer, lang);
		const outsider = lang === "fr" ?
		    await member(t, who.outsider, lang) : await visitor(t);

		const ref = await contributeIt(publisher, lang, who, d);
		await findIt(reader, lang, d);
		await readIt(reader, lang, who, d);
		await download(reader, lang, d);
		if (lang === "fr")
			await seesNothing(outsider, lang, ref, d);
		await talk(reader, publisher, lang, ref, who);
		await use(reader, lang, ref, who);
		await review(reviewer, lang, ref);
		await renewIt(publisher, lang, ref);
		await readsAgain(reader, lang, ref);
		await seesReaders(publisher, lang, ref, who);
		await withdraw(publisher, reader, lang, ref);
	});

/* ---- Today ---------------------------------------------------------------- */

/* Chosen on one page, it stands on Today until it is opened. */
test("what somebody subscribed to stands on Today", async (t) => {
	const w = speaker("fr");
	const author = await member(t, cast.fr.publisher, "fr");
	const page = await member(t, "ines.perrin@stockages-vallee.example",
	    "fr");
	const measure = page.getByRole("group",
	    { name: new RegExp(`^${w("Form.Label.measures")}`) })
	    .getByLabel(w("Measure.Long.h"), { exact: true });
	const d = { ...document("fr"), measures: ["h"], sectors: ["space"],
		circles: ["community"] };

	await page.goto("/documents");
	await page.getByRole("link", { name: w("Subscription.Title") })
	    .click();
	await measure.check();
	await page.getByRole("button", { name: w("Subscription.Save") })
	    .click();
	await page.getByRole("status").getByText(w("Done.subscribed"))
	    .waitFor();
	assert.ok(await measure.isChecked());
	await contribute(author, "fr", d);
	await page.goto("/today");
	await page.getByRole("heading", { name: w("Today.Shelf") }).waitFor();
	await page.getByRole("link", { name: d.title }).click();
	await page.getByRole("heading", { level: 1, name: d.title }).waitFor();
	await page.goto("/today");
	assert.equal(await page.getByRole("link", { name: d.title }).count(),
	    0);
});

/* ---- uploads -------------------------------------------------------------- */

/* The content says otherwise than the ending. */
const picture = { name: "rapport.pdf", mimeType: "application/pdf",
	buffer: readFileSync(new URL("../../static/screenshot.png",
	    import.meta.url)) };

async function isRefused(page, lang) {
	const w = speaker(lang);
	const sentence = w("Intake.Whole", { sentence:
	    w("Intake.Fault.mismatch.none", { named: w("Document.Format.pdf"),
		found: w("Document.Format.png") }) });

	await page.locator("#file-error").getByText(sentence).waitFor();
	await page.getByRole("alert").getByRole("link",
	    { name: sentence }).waitFor();
	await page.locator("#file-again").waitFor();
	assert.equal(await page.locator("#title").inputValue(), "Kept title");
	assert.equal(await page.locator("#summary").inputValue(), "Kept.");
	assert.ok(await page.locator("#kind-checklist").isChecked());
	assert.ok(await page.locator("#measures-c").isChecked());
}

const kept = { title: "Kept title", summary: "Kept.", kind: "checklist",
	language: "en", measures: ["c"], label: "green",
	circles: ["community"] };

for (const lang of LANGUAGES)
	test(`a refused upload says why and keeps what was typed (${lang})`,
	    async (t) => {
		for (const javaScriptEnabled of [true, false]) {
			const page = await member(t, cast[lang].publisher, lang,
			    { javaScriptEnabled });

			await page.goto("/documents/new");
			await fillDocument(page, lang,
			    { ...kept, file: picture });
			await saveDocument(page, lang);
			await isRefused(page, lang);
			await page.locator("#file").setInputFiles(
			    file("a.txt", "A text.\n"));
			await saveDocument(page, lang);
			await page.waitForURL(/\/publish\?done=saved/);
			await page.getByRole("button", { name:
			    speaker(lang)("Draft.PublishNow") }).waitFor();
		}
	});

/* With scripts, the file that was right stays chosen. */
test("what else was wrong does not cost the file", async (t) => {
	const w = speaker("en");
	const page = await member(t, cast.en.publisher, "en");

	await page.goto("/documents/new");
	await fillDocument(page, "en", { ...kept, title: "",
		file: file("a.txt", "A text.\n") });
	await saveDocument(page, "en");
	await page.getByRole("alert").getByRole("link",
	    { name: w("Form.Label.title") }).click();
	assert.equal(await page.evaluate(() => document.activeElement.id),
	    "title");
	assert.equal(await page.locator("#file-again").count(), 0);
	await page.locator("#title").fill(`Kept file ${oneWord()}`);
	await saveDocument(page, "en");
	await page.waitForURL(/\/publish/);
	await page.getByText("a.txt").first().waitFor();
});

test("an upload that breaks off says so and loses nothing", async (t) => {
	const w = speaker("en");
	const page = await member(t, cast.en.publisher, "en");
	const title = `Broken off ${oneWord()}`;

	await page.goto("/documents/new");
	await fillDocument(page, "en", { ...kept, title,
		file: file("a.txt", "A text.\n") });
	await page.route("**/documents/new", (route) =>
	    route.request().method() === "POST" ? route.abort() :
	    route.continue());
	await saveDocument(page, "en");
	const alert = page.getByRole("alert");

	await alert.getByText(w("Upload.Broken")).waitFor();
	await focusComes(page, "[role=alert]");
	assert.equal(await page.locator("#title").inputValue(), title);
	await page.unroute("**/documents/new");
	await saveDocument(page, "en");
	await page.waitForURL(/\/publish/);
	await page.goto("/documents?show=drafts");
	assert.equal(await page.getByRole("link", { name: title }).count(), 1);
});

test("an upload shows how far it is, and can be stopped", async (t) => {
	const w = speaker("en");
	const page = await member(t, cast.en.publisher, "en");

	await page.goto("/documents/new");
	await fillDocument(page, "en", { ...kept,
		file: file("long.txt", "A line.\n".repeat(20000)) });
	await page.route("**/documents/new", () => {}); /* never answered */
	await saveDocument(page, "en");
	const bar = page.getByRole("progressbar", { name: w("Upload.Label") });

	await bar.waitFor();
	await page.locator(".uploading .meta")
	    .getByText(/^\d.* of 15\d\S*\skB sent$/).waitFor();
	await page.getByRole("button", { name: w("Upload.Stop") }).click();
	await page.getByRole("alert").getByText(w("Upload.Stopped")).waitFor();
	assert.equal(await bar.count(), 0);
	assert.equal(await page.locator("#title").inputValue(), "Kept title");
});

test("a file that is too large is told before it is sent", async (t) => {
	const w = speaker("en");
	const page = await member(t, cast.en.publisher, "en");

	await page.goto("/documents/new");
	await fillDocument(page, "en", { ...kept,
		file: file("a.txt", "A text.\n") });
	await page.locator("form[data-upload]").evaluate((form) => {
		form.dataset.uploadMax = "3";
	});
	await saveDocument(page, "en");
	await page.getByRole("alert").getByText(w("Upload.Large")).waitFor();
	assert.match(page.url(), /documents\/new$/);
});

/* ---- without scripts -------------------------------------------------------- */

test("without scripts: contribute, find, comment, use, review", async (t) => {
	const plain = { javaScriptEnabled: false };
	const who = cast.en;
	const w = speaker("en");
	const author = await member(t, who.publisher, "en", plain);
	const reader = await member(t, who.reader, "en", plain);
	const reviewer = await member(t, who.reviewer, "en", plain);
	const d = document("en");
	const ref = await contribute(author, "en", d);

	await findIt(reader, "en", d);
	await comment(reader, "en", "It helps.");
	await use(reader, "en", ref, who);
	await review(reviewer, "en", ref);
	await author.goto(`/documents/${ref}`);
	await author.getByText("It helps.").waitFor();
	await author.getByText(w("Document.Verdict.reservations")).waitFor();
});
