/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Five organisations from a first draft to the end: each person at a browser
 * of their own and in their own language, signed in by a link, proved where
 * binding their organisation asks for it.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fillDraft, oneWord, publish, save } from "./lib/acts.mjs";
import { bringKey, done, draftAgreement, fillAgreement, folderOf, go, newKey,
	press, propose, run, sit, signIt, toAct,
	toSign } from "./lib/agreements.mjs";
import { member, visitor } from "./lib/browser.mjs";
import { status } from "./lib/seen.mjs";

/* In the order in which they are to sign. */
const parties = [
	{ name: "National CSIRT", ref: "national-csirt", lang: "en",
		email: "jonas.peeters@csirt.example" },
	{ name: "Meuse Grid Operations", ref: "meuse-grid-operations",
		lang: "en", email: "daan.willems@meusegrid.example" },
	{ name: "Réseau Nord Énergie", ref: "reseau-nord-energie", lang: "fr",
		email: "lucie.fontaine@nord-energie.example" },
	{ name: "Flanders Water Works", ref: "flanders-water-works",
		lang: "en", email: "pieter.janssens@flanderswater.example" },
	{ name: "Autorité de régulation des réseaux",
		ref: "autorite-de-regulation-des-reseaux", lang: "fr",
		email: "nadia.benali@regulation.example" },
];
const STEWARD = "claire.martin@csirt.example";
const OUTSIDER = "emma.claes@ardennesgas.example";

/* ---- drafting and talking --------------------------------------------- */

/* Its last two parties are added the wrong way round, and put right. */
async function drafted(s, a) {
	const { page, w } = s;
	const [, second, third, fourth, fifth] = parties.map((p) => p.name);
	const ref = await draftAgreement(s,
	    { ...a, parties: [second, third, fifth, fourth] });

	await page.getByRole("link", { name: w("Agreement.EditGo") }).click();
	await page.getByRole("button",
	    { name: `${w("Agreement.MoveUp")} (${fourth})` }).click();
	await page.locator(".chosen li:nth-child(4) b", { hasText: fourth })
	    .waitFor();
	await press(s, "Agreement.Save");
	await page.waitForURL(/\/propose/);
	assert.deepEqual(await page.locator(".parties .title").allInnerTexts(),
	    parties.map((p) => p.name));
	return ref;
}

/* Nobody else knows of it before it is proposed. */
async function proposed(s, others, a) {
	const ref = await drafted(s, a);

	for (const other of others)
		await status(other.page, `/agreements/${ref}`, 404);
	await s.page.goto(`/agreements/${ref}`);
	await propose(s);
	return ref;
}

async function comments(s, ref, text) {
	const { page, w } = s;

	await page.goto("/agreements?show=proposed");
	await page.locator(`main a[href="/agreements/${ref}"]`).click();
	await page.getByLabel(w("Form.Label.comment")).fill(text);
	await press(s, "Agreement.CommentSend");
	await done(s, "commented");
	await page.locator("#comments").getByText(text).waitFor();
}

/* Whoever says no says why, and the next version asks it again. */
async function declines(s, others, ref, why) {
	const { page, w } = s;

	await toAct(s, ref, "Agreement.ActTitle.decline");
	await page.getByLabel(w("Form.Label.why")).fill(why);
	await press(s, "Agreement.ActNow.decline");
	await done(s, "declined");
	for (const other of others) {
		await other.page.goto(`/agreements/${ref}`);
		await other.page.locator(".notice")
		    .filter({ hasText: other.w("Agreement.Declines") })
		    .getByText(why).waitFor();
	}
}

/* The next version, by another party: it is said whose signature goes. */
async function nextVersion(s, ref, a) {
	const { page, w } = s;

	await page.goto(`/agreements/${ref}`);
	await press(s, "Agreement.Revise");
	const text = page.getByLabel(w("Form.Label.text"));

	await text.fill(`${(await text.inputValue()).trim()}\n\n${a.added}\n`);
	await fillAgreement(s, a);
	await press(s, "Agreement.Save");
	await page.getByText(w("Agreement.WillVoid.One", { n: 1 })).waitFor();
	await page.locator("ins", { hasText: a.added }).waitFor();
	await propose(s);
}

async function seesVoid(s, ref) {
	const { page, w } = s;
	const own = page.locator("li.is-own");

	await page.goto(`/agreements/${ref}`);
	await page.locator("#versions")
	    .getByText(w("Agreement.VoidText.One", { n: 1 })).waitFor();
	await own.getByText(w("Agreement.AwaitedOwn")).waitFor();
	assert.equal(await own.getByText(w("Agreement.HasSigned"),
	    { exact: true }).count(), 0);
	await page.goto(`/agreements/${ref}/versions/1`);
	await page.getByText(w("Agreement.OlderHint")).waitFor();
	await page.locator(".parties li", { hasText: parties[0].name })
	    .getByText(w("Agreement.IsVoid"), { exact: true }).waitFor();
}

async function compares(s, ref, a) {
	const { page, w } = s;

	await page.goto(`/agreements/${ref}`);
	await page.locator("#versions").getByRole("link",
	    { name: `${w("Agreement.CompareWith")} 1` }).click();
	const label = page.locator(".compare-terms").getByRole("row",
	    { name: w("Form.Label.max_label") });

	await label.locator("del").getByText("TLP:GREEN").waitFor();
	await label.locator("ins").getByText("TLP:AMBER").waitFor();
	await page.locator("table.compare ins", { hasText: a.added }).waitFor();
	assert.equal(await page.locator("table.compare del").count(), 0);
}

/* ---- signing ---------------------------------------------------------- */

/* A steward brings the key, a signatory compares its number. */
async function register(t, signatory, key) {
	const steward = await sit(t, STEWARD, "en");

	await bringKey(steward, key);
	assert.equal(await steward.page.getByRole("button",
	    { name: steward.w("Key.ConfirmNow") }).count(), 0);

	await signatory.page.goto("/keys");
	await signatory.page.getByRole("link", { name: key.number }).click();
	await signatory.page.getByText(signatory.w("Key.ConfirmCompare"))
	    .waitFor();
	await press(signatory, "Key.ConfirmNow");
	await done(signatory, "key_confirmed");
}

/* A file that a link leads to, as the browser keeps it. */
async function kept(page, link, folder) {
	const [download] = await Promise.all(
	    [page.waitForEvent("download"), link.click()]);
	const file = join(folder, download.suggestedFilename());

	await download.saveAs(file);
	return file;
}

async function digestOf(file) {
	return createHash("sha256").update(await readFile(file)).digest("hex");
}

/* One word, as sha256sum prints it: a click chooses all of it. */
async function shownDigest(page) {
	const word = await page.locator(".digest").innerText();

	await page.locator(".digest").click();
	assert.equal(await page.evaluate(() => getSelection().toString()),
	    word);
	return word;
}

async function copiedDigest(page) {
	await page.context().grantPermissions(
	    ["clipboard-read", "clipboard-write"]);
	await page.locator(".digest + button").click();
	await page.waitForFunction(() => document.querySelector(
	    ".digest + button").textContent !==
	    document.querySelector(".digest").dataset.copy);
	return page.evaluate(() => navigator.clipboard.readText());
}

async function bring(s, file) {
	await s.page.getByLabel(s.w("Form.Label.signature"))
	    .setInputFiles(file);
	await press(s, "Agreement.SignSend");
}

/* Outside of the portal; one of other bytes is not taken. */
async function signWithKey(s, ref, key) {
	const { page, w } = s;
	const other = join(key.folder, "other.json");

	await toSign(s, ref);
	const file = await kept(page, page.getByRole("link",
	    { name: w("Agreement.SignStepGet") }), key.folder);

	assert.equal(await digestOf(file), await shownDigest(page));
	await writeFile(other, "{}");
	await run("minisign", ["-S", "-s", key.secret, "-m", other]);
	await bring(s, `${other}.minisig`);
	await page.getByRole("alert").getByText(w("Form.Error.Minisig.wrong"))
	    .waitFor();
	await page.locator("#file-error")
	    .getByText(w("Form.Error.Minisig.wrong")).waitFor();
	await run("minisign", ["-S", "-s", key.secret, "-m", file]);
	await bring(s, `${file}.minisig`);
	await done(s, "signed");
}

/* Whose turn has not come is told whose it is. */
async function mustWait(s, ref) {
	const { page, w } = s;

	await page.goto(`/agreements/${ref}`);
	await page.getByText(w("Agreement.SignLater").split("{")[0]).waitFor();
	assert.equal(await page.getByRole("link",
	    { name: w("Agreement.SignGo") }).count(), 0);
	await go(s, () => page.goto(`/agreements/${ref}/sign`));
	await done(s, "not_your_turn");
}

async function signInOrder(seats, ref, key) {
	const [first, ...others] = seats;
	const last = others.at(-1);

	await mustWait(last, ref);
	await signWithKey(first, ref, key);
	for (const s of others) {
		await toSign(s, ref);
		assert.equal(await s.page
		    .getByText(s.w("Agreement.SignLast")).count(),
		    s === last ? 1 : 0);
		await signIt(s, s === last ? "signed_last" : "signed");
	}
	await last.page.locator(".state-in-force").waitFor();
}

/* ---- the circle that it opens ----------------------------------------- */

async function writesInto(s, circle, title) {
	const { page, lang } = s;

	await page.goto("/drafts/new");
	await fillDraft(page, lang, { title, summary: "What it is.",
		happened: "It happened.", label: "amber" });
	await page.getByLabel(circle, { exact: true }).check();
	await save(page, lang);
	await page.waitForURL(/\/preview/);
	const ref = /drafts\/([^/]+)\/preview/.exec(page.url())[1];

	await publish(page, lang);
	return ref;
}

async function reads(s, advisory, title, agreement) {
	const { page, w } = s;

	await page.goto("/today");
	await page.getByRole("link", { name: title }).first().click();
	await page.waitForURL(`**/advisories/${advisory}`);
	await page.getByText(w("Why.Title")).waitFor();
	assert.ok((await page.locator(".why").innerText()).includes(agreement));
	await page.goto("/access");
	await page.getByRole("row", { name: agreement }).waitFor();
}

async function readsNothing(page, agreement, advisory, title) {
	for (const path of [`/advisories/${advisory}`,
		`/agreements/${agreement}`,
		`/agreements/${agreement}/versions/2`,
		`/agreements/${agreement}/versions/2/canonical`,
		`/agreements/${agreement}/signatures/${parties[0].ref}`,
		`/register/${agreement}`])
		await status(page, path, 404);
	for (const path of ["/today", "/advisories", "/agreements",
		"/register"]) {
		await page.goto(path);
		assert.ok(!(await page.content()).includes(title), path);
	}
}

/* ---- for everybody ---------------------------------------------------- */

async function publishToAll(seats, ref) {
	const [first, ...others] = seats;

	await toAct(first, ref, "Agreement.PublishGo");
	await first.page.getByLabel(
	    first.w("Agreement.PublicationChoice.everybody")).check();
	await first.page.getByLabel(
	    first.w("Agreement.ExtentChoice.whole")).check();
	await press(first, "Agreement.PublishAskNow");
	await done(first, "publication_asked");
	for (const s of others) {
		await toAct(s, ref, "Agreement.PublishGo");
		await press(s, "Agreement.PublishAgree");
		await done(s, s === others.at(-1) ? "agreement_published" :
		    "publication_agreed");
	}
}

/* Who knows nobody here checks it with what every machine has. */
async function anybodyChecks(t, ref, title, key) {
	const page = await visitor(t);
	const folder = await folderOf(t);

	await page.goto("/register");
	await page.getByRole("link", { name: title }).click();
	const links = page.locator("a[download]");
	const bytes = await kept(page, page.locator(
	    'a[download][href$="/canonical"]'), folder);
	const signature = await kept(page, links.and(page.locator(
	    `[href$="/signatures/${parties[0].ref}"]`)), folder);
	const { stdout } = await run("sha256sum", [bytes]);

	assert.equal(stdout.split(" ")[0], await shownDigest(page));
	assert.equal(stdout.split(" ")[0], await copiedDigest(page));
	await run("minisign", ["-V", "-p", key.open, "-m", bytes,
		"-x", signature]);
	await writeFile(bytes, "{}");
	await assert.rejects(run("minisign",
	    ["-V", "-p", key.open, "-m", bytes, "-x", signature]));
	const feed = await page.context().request.get("/register.atom");

	assert.equal(feed.status(), 200);
	assert.match(feed.headers()["content-type"], /^application\/atom\+xml/);
	assert.match(await feed.text(), new RegExp(
	    `<entry>(?:(?!</entry>)[^])*${title}(?:(?!</entry>)[^])*${ref}`));
}

/* ---- the end ---------------------------------------------------------- */

/* No day of notice was agreed: with it, one's own access closes. */
async function givesNotice(s, ref, advisory, circle) {
	const { page, w } = s;

	await toAct(s, ref, "Agreement.ActTitle.notice");
	await page.getByRole("heading", { name: w("Agreement.LossTitle") })
	    .waitFor();
	const table = page.getByRole("table");
	const row = table.getByRole("row", { name: parties[1].name });

	await row.getByText(w("Agreement.LossItems.One", { n: 1 })).waitFor();
	assert.equal(await table.locator("tbody tr").count(), 1);
	await page.getByText(w("Agreement.Loss.One", { who: parties[1].name,
		people: w("Reach.People.One", { n: 1 }) })).waitFor();
	await page.locator(".tag").getByText(circle).waitFor();
	await press(s, "Agreement.ActNow.notice");
	await page.locator("#why-error").waitFor();
	assert.equal((await page.goto(`/advisories/${advisory}`)).status(),
	    200);
	await toAct(s, ref, "Agreement.ActTitle.notice");
	await page.getByLabel(w("Form.Label.why")).fill("We are sold.");
	await press(s, "Agreement.ActNow.notice");
	await done(s, "notice");
	await status(page, `/advisories/${advisory}`, 404);
}

/* By those who are left: the last yes ends it, and they know before. */
async function endByAll(seats, ref, advisory) {
	const last = seats.at(-1);

	for (const s of seats) {
		const { page, w } = s;

		await status(last.page, `/advisories/${advisory}`, 200);
		await toAct(s, ref, "Agreement.ActTitle.terminate");
		await page.getByText(w(`Agreement.ActLead.terminate${s === last
			? "_last" : ""}`)).waitFor();
		for (const { name } of seats.slice(1).map((o) => o.party))
			await page.getByRole("row", { name }).getByText(
			    w("Agreement.LossItems.One", { n: 1 })).waitFor();
		await press(s, "Agreement.ActNow.terminate");
		await done(s, s === last ? "terminated" : "ending_agreed");
	}
}

async function isOver(t, seats, ref, advisory) {
	const page = await visitor(t);
	const [first, ...others] = seats;

	for (const s of others)
		await status(s.page, `/advisories/${advisory}`, 404);
	await status(first.page, `/advisories/${advisory}`, 200);
	for (const s of seats) {
		await s.page.goto(`/agreements/${ref}`);
		await s.page.locator(".state-ended").first().waitFor();
	}
	await status(page, `/register/${ref}`, 200);
	await page.locator(".state-ended").first().waitFor();
}

/* ---- all of it -------------------------------------------------------- */

async function atTheTable(t) {
	const seats = [];

	for (const party of parties)
		seats.push({ ...await sit(t, party.email, party.lang), party });
	return seats;
}

/* From the first draft to the last signature. */
async function negotiate(t, seats, a, key) {
	const [csirt, grid, nord] = seats;
	const ref = await proposed(csirt, seats.slice(1), a);

	await toSign(csirt, ref);
	await signIt(csirt);
	await comments(grid, ref, "Green is not enough for this.");
	await declines(grid, [csirt, nord], ref, "Not as green.");
	await nextVersion(nord, ref, a.next);
	await seesVoid(csirt, ref);
	await csirt.page.goto(`/agreements/${ref}`);
	await csirt.page.getByText("Green is not enough").waitFor();
	await compares(grid, ref, a.next);
	await register(t, csirt, key);
	await signInOrder(seats, ref, key);
	return ref;
}

test("five organisations negotiate, sign, exchange and part", async (t) => {
	const word = oneWord();
	const title = `Exchange about relays ${word}`;
	const circle = `Relays ${word}`;
	const a = { kind: "exchange", title, circle_name: circle,
		max_label: "green", sharing: "never", order: "sequence",
		notice_days: "0",
		next: { change: "Amber, and a word about tests.",
			max_label: "amber",
			added: `Tests are announced ${word}.` } };
	const seats = await atTheTable(t);
	const outsider = await member(t, OUTSIDER, "en");
	const key = await newKey(t);
	const ref = await negotiate(t, seats, a, key);
	const advisory = await writesInto(seats[0], circle,
	    `Relay of the circle ${word}`);

	for (const s of seats.slice(1))
		await reads(s, advisory, `Relay of the circle ${word}`, title);
	await readsNothing(outsider, ref, advisory, word);
	await publishToAll(seats, ref);
	await anybodyChecks(t, ref, title, key);
	await status(outsider, `/advisories/${advisory}`, 404);
	await givesNotice(seats[1], ref, advisory, circle);
	await status(seats[2].page, `/advisories/${advisory}`, 200);
	await endByAll(seats.filter((s) => s !== seats[1]), ref, advisory);
	await isOver(t, seats, ref, advisory);
});
