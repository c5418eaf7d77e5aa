/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every page that a person of each kind can reach, in both languages, forms
 * with what was wrong among them: no violation of axe-core by day or night,
 * nothing sideways at 390 px.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { day, join, oneWord } from "./lib/acts.mjs";
import { bringKey, draftAgreement, newKey, press, propose, signIt,
	sitProved, toSign } from "./lib/agreements.mjs";
import { member, signIn, speak, visitor } from "./lib/browser.mjs";
import { comment, contribute, file, fillDocument, renew, saveDocument,
	writeDocument } from "./lib/library.mjs";
import { emptyPortal, portal } from "./lib/portal.mjs";
import { overlooked, Tour } from "./lib/tour.mjs";
import { LANGUAGES } from "./lib/words.mjs";

const people = {
	en: {
		operator: "emma.claes@ardennesgas.example",
		publisher: "claire.martin@csirt.example",
		colleague: "Jonas Peeters",
		invited: "invited",
		keeper: "sofie.jacobs@secretariat.example",
		suspended: "brabant-fibre",
		organisation: "national-csirt",
	},
	fr: {
		operator: "julien.morel@centrales-rhone.example",
		publisher: "hugo.lambert@infrastructure.example",
		colleague: "Eva Maes",
		keeper: "paul.kremer@secretariat.example",
		suspended: "satcom-luxembourg",
		organisation: "ministry-of-infrastructure",
	},
};
const locales = { en: "en-GB", fr: "fr-FR" };

/* Both languages at a time. */
function inBoth(name, walk) {
	return test(name, { concurrency: 2 }, (t) => Promise.all(
	    LANGUAGES.map((lang) => t.test(`${name} (${lang})`,
		(each) => walk(each, lang)))));
}

/* What nginx says itself, or a worker at its end, as it lies in its folder. */
async function staticErrors(tour, path) {
	const folder = new URL(path, import.meta.url);

	for (const name of readdirSync(folder).filter((n) => /html$/.test(n))) {
		await tour.page.route(`**/${name}`, (route) => route.fulfill({
			contentType: "text/html; charset=utf-8",
			body: readFileSync(new URL(name, folder), "utf8") }));
		await tour.page.goto(`/${name}`);
		await tour.look();
	}
}

inBoth("pages of a visitor", async (t, lang) => {
	const page = await visitor(t, { locale: locales[lang] });
	const tour = new Tour(page, lang);
	const person = portal.person("laura.hoffmann@satcom.example");

	await tour.visit("/", "/advisories", "/advisories?q=zzzz",
	    "/advisories?sector=energy&label=clear", "/advisories?q=PLC");
	await tour.follow("Authentication bypass");
	await tour.visit("/no-such-page", "/sign-in/link/none",
	    "/invitation/none", "/sign-in?to=/circles");
	await tour.sendWrongly("/sign-in", { email: "nobody", password: "" });
	await tour.sendWrongly("/sign-in",
	    { email: person.email, password: "not this one" });
	await tour.send("/sign-in",
	    { email: person.email, password: person.password });
	await tour.look();
	await tour.sendWrongly("/sign-in/code", { code: "12345x" });
	const { link } = await portal.ctl("person", "link", person.email);

	await tour.visit(new URL(link).pathname);
	tour.end();
});

test("pages of nginx", async (t) => {
	const tour = new Tour(await visitor(t), "en");

	await staticErrors(tour, "../../static/error/");
	await staticErrors(tour, "../../templates/error/");
	tour.end();
});

inBoth("pages of somebody invited", async (t, lang) => {
	const page = await visitor(t);
	const tour = new Tour(page, lang);
	const { link } = await portal.ctl("person", "invite",
	    people[lang].organisation, "--name", "Jo Neu", "--email",
	    `${oneWord()}@new.example`, "--language", lang);
	const path = new URL(link).pathname;

	await tour.visit(path);
	await tour.sendWrongly(path, { password: "short" });
	await tour.send(path, { password: `${oneWord()} und drei Wörter` });
	await tour.look();
	await tour.sendWrongly(`${path}/factor`, { code: "000000" });

	/* Who has joined, and comes back to the link. */
	const again = await visitor(t);
	const joined = new Tour(again, lang);
	const other = await portal.ctl("person", "invite",
	    people[lang].organisation, "--name", "Jo Noch", "--email",
	    `${oneWord()}@new.example`, "--language", lang);

	await join(again, lang, other.link, "joined@new.example");
	await joined.visit(new URL(other.link).pathname);
	joined.end();
	tour.end();
});

inBoth("pages of an operator", async (t, lang) => {
	const who = people[lang];
	const page = await member(t, who.operator, lang);
	const tour = new Tour(page, lang);

	await tour.visit("/today", "/advisories", "/advisories?show=awaiting",
	    "/advisories?q=firmware&severity=high", "/advisories?q=zzzz");
	if (process.env.HAS_CORPUS === "yes") {
		await page.goto("/advisories");
		await page.locator("a[rel=next]").click();
		await tour.look();
	}
	await tour.visit("/advisories?show=awaiting");
	await page.locator(".rows a").last().click();
	await tour.look();
	const path = new URL(page.url()).pathname;

	await tour.sendWrongly(`${path}/answer`,
	    { comment: "x".repeat(2001), done_by: "2001-01-01" });
	await page.goto(path);
	await page.getByRole("main").getByRole("radio").nth(2).check();
	await tour.send(`${path}/answer`, { comment: "Twelve of them." });
	await tour.look();
	/* A form of another session: what was typed is shown, not taken. */
	await page.locator("details.answering > summary").click();
	await tour.sendWrongly(`${path}/answer`,
	    { csrf: "x", comment: "Thirteen." });

	await tour.visit("/advisories?q=poisoned+update");
	await tour.follow("poisoned update");
	await tour.visit(`${new URL(page.url()).pathname}/revisions/1`);
	await page.goto("/advisories?q=old+VPN+flaw");
	await tour.follow("VPN");
	await page.goto("/advisories?q=NCSIRT");
	await tour.visit("/circles", "/organisations",
	    `/organisations/${who.organisation}`, "/account", "/drafts",
	    "/people", "/no-such-page");
	tour.end();
});

async function structured(t, lang, query) {
	const page = await member(t, people[lang].operator, lang);
	const tour = new Tour(page, lang);

	await page.goto(`/advisories?q=${query}`);
	await page.locator(".rows a").first().click();
	await tour.look();
	await page.evaluate(() => {
		for (const details of document.querySelectorAll("details"))
			details.open = true;
	});
	await tour.look();
	tour.end();
}

inBoth("pages of documents", (t, lang) => structured(t, lang,
    process.env.HAS_CORPUS === "yes" ? "Treck" : "gateway"));

const text = { summary: "What it is.", happened: "**A thing**\n\n- one" };

async function writtenDraft(tour, values, boxes) {
	const page = tour.page;

	await page.goto("/drafts/new");
	for (const box of boxes)
		await page.locator(box).check();
	await tour.send("/drafts/new", values);
	await tour.look();
	return /drafts\/([^/]+)\/preview/.exec(page.url())[1];
}

async function writing(tour) {
	const title = `Looked at ${oneWord()}`;

	await tour.visit("/drafts", "/drafts/new");
	await tour.sendWrongly("/drafts/new", { title: "",
		summary: "x".repeat(2001), cves: "CVE-1" });
	await tour.visit("/drafts/import");
	await tour.sendWrongly("/drafts/import");
	const ref = await writtenDraft(tour, { ...text, title },
	    ["#circles-energy"]);

	await tour.visit(`/drafts/${ref}`, `/drafts/${ref}/publish`);
	await tour.sendWrongly(`/drafts/${ref}/publish`, { edit: "0" });
	await tour.page.goto(`/drafts/${ref}`);
	await tour.sendWrongly(`/drafts/${ref}`,
	    { edit: "0", summary: "Something else." });
	const red = await writtenDraft(tour, { ...text, title: `${title} red` },
	    ["#circles-energy", "#label-red"]);

	await tour.visit(`/drafts/${red}/publish`);
	const bare = await writtenDraft(tour, { title: `${title} bare` }, []);

	await tour.visit(`/drafts/${bare}/publish`,
	    `/drafts/${bare}?check=1`, `/drafts/${bare}/discard`);
	await tour.send(`/drafts/${bare}/discard`);
	await tour.look();
	await tour.visit(`/drafts/${ref}/publish`);
	await tour.send(`/drafts/${ref}/publish`);
	await tour.look();
	return ref;
}

inBoth("pages of a publisher", async (t, lang) => {
	const page = await member(t, people[lang].publisher, lang);
	const tour = new Tour(page, lang);
	const ref = await writing(tour);

	await tour.visit("/today", `/advisories/${ref}`,
	    `/advisories/${ref}/answers`, `/advisories/${ref}/withdraw`);
	await tour.sendWrongly(`/advisories/${ref}/withdraw`, { why: "" });
	await page.goto(`/advisories/${ref}`);
	await tour.send(`/advisories/${ref}/revise`);
	await tour.look();
	await tour.sendWrongly(`/drafts/${ref}`, { title: "" });
	await tour.visit("/drafts");
	await page.goto(`/advisories/${ref}/withdraw`);
	await tour.send(`/advisories/${ref}/withdraw`, { why: "A test." });
	await tour.look();

	/* One with answers of many organisations. */
	await page.goto("/advisories?show=own&label=green");
	await page.locator(".rows a").last().click();
	await page.locator('main a[href$="/answers"]').click();
	await tour.look();
	tour.end();
});

/* ---- the library ------------------------------------------------------ */

const shelf = {
	en: { publisher: "jonas.peeters@csirt.example",
		reviewer: "nadia.benali@regulation.example" },
	fr: { publisher: "camille.roux@transition.example",
		reviewer: "thomas.leroy@nord-energie.example" },
};

function guide(text) {
	return { title: `Wiederherstellungsverantwortlichkeiten ${oneWord()}`,
		summary: "What to do, and who does it.", language: "de",
		file: file("wiederherstellungsverantwortlichkeiten.md", text),
		kind: "lesson", label: "green", sectors: ["energy", "water"],
		measures: ["a", "c", "i"], circles: ["community"],
		review_by: day(10) };
}

/* The forms of a contributor, right and wrong; the number. */
async function contributing(tour, lang) {
	const page = tour.page;

	await tour.visit("/documents", "/documents?show=drafts",
	    "/documents?q=zzzz", "/documents/new");
	await tour.sendWrongly("/documents/new", { title: "",
		summary: "x".repeat(2001), related: "DOC-1" });
	await page.goto("/documents/new");
	await fillDocument(page, lang, { title: "Refused", kind: "guide",
		file: file("a.pdf", "No PDF.") });
	await saveDocument(page, lang);
	await page.locator("#file-error").waitFor();
	await tour.look();
	const bare = await writeDocument(page, lang,
	    { title: `Bare ${oneWord()}`, kind: "policy" });

	await tour.look();
	await tour.visit(`/documents/${bare}`, `/documents/${bare}/edit`,
	    `/documents/${bare}/edit?check=1`, `/documents/${bare}/discard`);
	await page.goto(`/documents/${bare}/edit`);
	await tour.sendWrongly(`/documents/${bare}/edit`, { title: "" });
	await tour.visit(`/documents/${bare}/publish`);
	const ref = await writeDocument(page, lang,
	    guide("# One\n\nA **line**.\n\n| a | b |\n|---|---|\n| c | d |\n"));

	await tour.look();
	await tour.sendWrongly(`/documents/${ref}/publish`, { edit: "0" });
	await tour.visit(`/documents/${ref}/publish`);
	await tour.send(`/documents/${ref}/publish`);
	await tour.look();
	return ref;
}

async function discussing(tour, lang, ref) {
	const page = tour.page;
	const path = `/documents/${ref}`;

	await tour.visit(path);
	await tour.sendWrongly(`${path}/comments`, { comment: "" });
	await page.goto(path);
	await comment(page, lang, "Who does it at night?");
	await tour.look();
	const change = page.locator("#talk a[href*=change]");
	const id = /change=(\d+)/.exec(await change.getAttribute("href"))[1];

	await change.click();
	await tour.look();
	await tour.sendWrongly(`${path}/comments/${id}`, { comment: "" });
	await tour.visit(`${path}?reply=${id}`);
	await comment(page, lang, "I do.", "ReplyNow");
	await page.goto(path);
	await tour.send(`${path}/use`);
	await tour.look();
	await page.locator(".answering > summary").click();
	await tour.sendWrongly(`${path}/review`, { review: "x".repeat(4001) });
	await page.locator("#verdict-changes").check();
	await tour.send(`${path}/review`, { review: "The third step." });
	await tour.look();
}

/* No page of ours offers such a sector. */
async function subscribing(tour) {
	await tour.visit("/subscriptions");
	await tour.page.locator("[name=sectors]").first().evaluate((e) => {
		e.value = "moon";
		e.checked = true;
	});
	const answer = await tour.send("/subscriptions");

	assert.equal(answer.status(), 400);
	await tour.look();
}

inBoth("pages of the library", async (t, lang) => {
	const who = shelf[lang];
	const author = new Tour(await member(t, who.publisher, lang), lang);
	const reviewer = new Tour(await member(t, who.reviewer, lang), lang);
	const ref = await contributing(author, lang);
	const path = `/documents/${ref}`;

	await discussing(reviewer, lang, ref);
	await subscribing(reviewer);
	await renew(author.page, lang, ref, { note: "More of it.",
		file: file("b.txt", `${"One long line. ".repeat(40)}\n`) });
	await author.look();
	await reviewer.visit(path, `${path}/versions/1`, `${path}/compare`,
	    `/documents?q=Wiederherstellungsverantwortlichkeiten`,
	    "/documents?sector=energy&measure=c&show=unread");
	await author.visit(`${path}/readings`, "/documents?show=due",
	    `${path}/withdraw`);
	await author.sendWrongly(`${path}/withdraw`, { why: "" });
	await author.send(`${path}/withdraw`, { why: "It was a test." });
	await author.look();
	await reviewer.visit(path);
	author.end();
	reviewer.end();
});

test("the public part of the library", async (t) => {
	const author = await member(t, "claire.martin@csirt.example", "en");
	const open = { ...guide("Plain.\n"), label: "clear",
		file: file("a.txt", "Plain.\n") };
	const ref = await contribute(author, "en", open);

	for (const lang of LANGUAGES) {
		const page = await visitor(t, { locale: locales[lang] });
		const tour = new Tour(page, lang);

		await tour.visit("/", "/documents", "/documents?kind=policy",
		    `/documents/${ref}`, `/documents/${ref}/compare`);
		tour.end();
	}
});

/* A person that the steward invites, and closes the account of. */
async function oneMore(tour) {
	const page = tour.page;

	await page.goto("/people/new");
	await tour.send("/people/new", { name: "Alex Test",
		email: `${oneWord()}@new.example` });
	await tour.look();
	await page.goto("/people");
	await tour.follow("Alex Test");
	const path = new URL(page.url()).pathname;

	/* No page of ours offers such a role. */
	await page.locator("[name=roles]").first().evaluate((e) => {
		e.value = "emperor";
		e.checked = true;
	});
	const answer = await tour.send(`${path}/roles`);

	assert.equal(answer.status(), 400);
	await tour.look();
	await tour.visit(`${path}/email`);
	await tour.sendWrongly(`${path}/email`, { email: "nobody" });
	await page.goto(path);
	await tour.send(`${path}/disable`);
	await tour.look();
}

async function account(tour, person) {
	const page = tour.page;

	await tour.visit("/account", "/account/prove?to=/account/password");
	await tour.sendWrongly("/account/prove", { password: "no", code: "1" });
	await tour.visit("/account/name");
	await tour.sendWrongly("/account/name", { name: "X" });
	await tour.visit("/account/password");
	await tour.sendWrongly("/account/password", { password: "short" });
	await tour.visit("/account/factor");
	await tour.sendWrongly("/account/factor", { code: "000000" });
	await page.goto("/account");
	await tour.send("/account/codes");
	await tour.look();
	await page.goto("/account/password");
	person.password = `${oneWord()} fünf Wörter sind es`;
	await tour.send("/account/password", { password: person.password });
	await tour.look();
}

inBoth("pages of a steward", async (t, lang) => {
	const who = people[lang];
	const person = portal.person(who.publisher);
	const page = await visitor(t, { locale: locales[lang] });
	const tour = new Tour(page, lang);

	await signIn(page, person, lang);
	await speak(page, lang);
	await tour.visit("/people", "/people/new");
	await tour.sendWrongly("/people/new", { name: "", email: "nobody" });
	await oneMore(tour);
	await page.goto("/people");
	await tour.follow(who.colleague);
	await tour.visit(`${new URL(page.url()).pathname}/reset`);
	await account(tour, person);
	tour.end();
});

inBoth("pages of the keeper", async (t, lang) => {
	const who = people[lang];
	const page = await visitor(t, { locale: locales[lang] });
	const tour = new Tour(page, lang);
	const path = `/organisations/${who.suspended}`;

	await signIn(page, portal.person(who.keeper), lang);
	await speak(page, lang);
	await tour.visit("/today", "/advisories", "/organisations",
	    "/organisations/new");
	await tour.sendWrongly("/organisations/new", { name: "" });
	await tour.visit(path, `${path}/suspend`);
	await tour.sendWrongly(`${path}/suspend`, { why: "" });
	await tour.send(`${path}/suspend`, { why: "A test of the pages." });
	await tour.look();
	await tour.visit("/organisations",
	    `/people?organisation=${who.suspended}`,
	    `/people/new?organisation=${who.organisation}`);
	await page.goto(path);
	await tour.send(`${path}/reinstate`);
	await tour.look();
	tour.end();
});

test("pages of an auditor", async (t) => {
	for (const lang of LANGUAGES) {
		const page = await member(t, "marc.weber@audit.example", lang);
		const tour = new Tour(page, lang);

		await tour.visit("/today", "/advisories", "/circles",
		    "/organisations/court-of-audit", "/account");
		tour.end();
	}
});

/* ---- agreements, as they stand and to whom ----------------------------- */

const table = {
	en: { operator: "lotte.goossens@nswind.example",
		institution: "eva.maes@infrastructure.example",
		steward: "hugo.lambert@infrastructure.example",
		name: "Ministry of Infrastructure",
		member: "emma.claes@ardennesgas.example",
		publisher: "claire.martin@csirt.example" },
	fr: { operator: "sophie.lejeune@eaux-sambre.example",
		institution: "antoine.girard@transition.example",
		steward: "camille.roux@transition.example",
		name: "Ministère de la Transition énergétique",
		member: "julien.morel@centrales-rhone.example",
		publisher: "nadia.benali@regulation.example" },
};

async function atTable(t, lang, email) {
	const s = await sitProved(t, email, lang);

	return { ...s, tour: new Tour(s.page, lang) };
}

const SAVE = ".bar-acts button";

/* A draft of which somebody has another copy open; then it is proposed. */
async function drafting(a, lang) {
	const { page, tour } = a;
	const ref = await draftAgreement(a, { kind: "exchange",
		title: `Table ${oneWord()}`, circle_name: oneWord(),
		order: "sequence", notice_days: "0", until_at: "2099-12-31",
		auditor: "Court of Audit", parties: [table[lang].name] });
	const path = `/agreements/${ref}`;

	await tour.visit("/agreements?show=drafts");
	await page.goto(`${path}/edit`);
	await tour.sendWrongly(`${path}/edit`, { edit: "0",
		title: "Another", text: "Something else." }, SAVE);
	await page.goto(`${path}/propose`);
	await tour.sendWrongly(`${path}/propose`, { edit: "0" });
	await page.goto(`${path}/edit`);
	await page.locator("#notice_days").fill("1000000");
	await press(a, "Agreement.Save");
	await tour.look();
	await page.goto(`${path}/propose`);
	await propose(a);
	return ref;
}

/* Signatures that are not taken, and what then stands on the page. */
async function signing(a, b, ref, key) {
	const path = `/agreements/${ref}`;

	await b.tour.visit("/today", "/agreements?show=proposed", path);
	await b.tour.sendWrongly(`${path}/comments`,
	    { version: "2", comment: "Which one?" });
	await toSign(a, ref);
	await a.tour.sendWrongly(`${path}/sign`, { digest: "0".repeat(64) });
	await a.page.goto(`${path}/sign`);
	await signIt(a);
	await a.tour.look();
	await b.tour.visit(`${path}/decline`);
	await b.tour.sendWrongly(`${path}/decline`, { why: "" });
	await b.page.goto(`${path}/decline`);
	await b.tour.send(`${path}/decline`, { why: "Not like this." });
	await b.tour.look();
	await toSign(b, ref);
	await b.tour.look();
	await b.page.getByLabel(b.w("Form.Label.pasted")).fill(key.text);
	await press(b, "Agreement.SignSend");
	await b.tour.look();
	await b.page.goto(`${path}/sign`);
	await signIt(b, "signed_last");
	await b.tour.look();
}

async function confirming(t, lang, b) {
	const steward = await atTable(t, lang, table[lang].steward);
	const key = await newKey(t);

	await bringKey(steward, key);
	await steward.tour.look();
	await b.tour.visit("/keys", `/keys/${key.number}`);
	await b.tour.send(`/keys/${key.number}/confirm`);
	await b.tour.look();
	steward.tour.end();
	return key;
}

/* Asked for, as both see it; then as other members do. */
async function publishing(t, lang, a, b, ref) {
	const path = `/agreements/${ref}`;

	await a.page.goto(`${path}/publish`);
	await a.page.locator("[name=publication][value=community]").check();
	await a.page.locator("[name=extent][value=terms]").check();
	await a.tour.send(`${path}/publish`);
	await a.tour.look();
	await b.tour.visit(`${path}/publish`);
	await b.tour.send(`${path}/publish/agree`);
	await b.tour.look();
	await a.tour.visit(`${path}/publish`);
	for (const email of [table[lang].member, table[lang].publisher]) {
		const tour = new Tour(await member(t, email, lang), lang);

		await tour.visit("/register", `/register/${ref}`, path,
		    "/agreements");
		tour.end();
	}
}

/* A successor is being written, one has left: all pages that it changes. */
async function following(a, b, ref) {
	const path = `/agreements/${ref}`;

	await a.page.goto(`${path}/amend`);
	await a.tour.send(`${path}/amend`);
	await a.tour.look();
	await a.page.locator("#title").fill("Another title");
	await press(a, "Agreement.Save");
	await a.tour.look();
	await a.page.goto(`${path}/terminate`);
	await a.tour.send(`${path}/terminate`);
	await a.tour.look();
	await b.tour.visit(path, `${path}/terminate`);
	await b.tour.send(`${path}/terminate`);
	await b.tour.look();
	await a.tour.visit(path, `${path}/versions/1`,
	    "/agreements?show=ended", "/today", "/access", "/circles");
	await a.page.goto("/agreements?show=in-force");
	await a.page.locator(".rows a").last().click();
	await a.tour.look();
}

/* AGR-…, by language: what the auditor is to read afterwards. */
const audited = new Map();

inBoth("pages of parties", async (t, lang) => {
	const a = await atTable(t, lang, table[lang].operator);
	const b = await atTable(t, lang, table[lang].institution);
	const ref = await drafting(a, lang);
	const key = await confirming(t, lang, b);

	await signing(a, b, ref, key);
	await publishing(t, lang, a, b, ref);
	await following(a, b, ref);
	audited.set(lang, ref);
	a.tour.end();
	b.tour.end();
});

/* One person in both languages: one after the other. */
test("pages of an agreement's auditor", async (t) => {
	for (const [lang, ref] of audited) {
		const page = await member(t, "marc.weber@audit.example", lang);
		const tour = new Tour(page, lang);
		const path = `/agreements/${ref}`;

		await tour.visit("/agreements", path, `${path}/versions/1`,
		    `/register/${ref}`, "/access");
		await page.goto(path);
		assert.equal(await page.locator(".digest").count(), 1);
		tour.end();
	}
});

test("each page was looked at, in both languages", (t) => {
	if (process.argv.length > 2 && !process.argv.includes("pages"))
		return t.skip("only some tests were asked for");
	/* Files, not pages. */
	const without = ["/advisories/{ref}/source", "/register.atom",
		"/keys/{number}/text", "/register/{ref}/canonical",
		"/register/{ref}/signatures/{party}",
		"/agreements/{ref}/versions/{number}/canonical",
		"/agreements/{ref}/signatures/{party}",
		"/documents/{ref}/file",
		"/documents/{ref}/versions/{number}/file",
		"/records/{number}/json", "/records/{number}/proof",
		"/bundles/{ref}/file"];

	for (const lang of LANGUAGES)
		assert.deepEqual(overlooked(lang, without), [], lang);
});

/* ---- where nothing has happened yet ----------------------------------- */

async function newcomer(t, name, kind, sectors, role) {
	const { ref } = await emptyPortal.ctl("org", "add", name, "--kind",
	    kind,
	    "--country", "BE", "--signed", "2026-01-05",
	    ...(sectors ? ["--sectors", sectors] : []));
	const email = `${role}@${ref}.example`;
	const { link } = await emptyPortal.ctl("person", "invite", ref,
	    "--name", "Alex Erste", "--email", email, "--language", "en",
	    "--roles", role);
	const page = await visitor(t, { at: emptyPortal });

	await join(page, "en", link, email);
	return page;
}

async function emptyPages(page, paths) {
	for (const lang of LANGUAGES) {
		const tour = new Tour(page, lang);

		await page.goto("/today");
		await speak(page, lang);
		await tour.visit(...paths);
		tour.end();
	}
}

test("pages without anything in them", async (t) => {
	const visiting = await visitor(t, { at: emptyPortal });

	for (const lang of LANGUAGES) {
		const tour = new Tour(visiting, lang);

		await visiting.goto("/");
		await speak(visiting, lang);
		await tour.visit("/", "/advisories", "/documents",
		    "/register");
		tour.end();
	}
	await emptyPages(
	    await newcomer(t, "First Hospital", "operator", "health",
	    "steward"),
	    ["/today", "/advisories", "/advisories?show=unread", "/circles",
		"/organisations", "/people", "/agreements",
		"/agreements?show=ended", "/access", "/keys",
		"/register", "/documents", "/documents?show=used",
		"/subscriptions"]);
	await emptyPages(
	    await newcomer(t, "First Ministry", "institution", "", "publisher"),
	    ["/today", "/drafts", "/drafts/new", "/documents/new",
		"/documents?show=drafts", "/agreements/new",
		"/agreements?show=drafts"]);
	await emptyPages(
	    await newcomer(t, "First Keeper", "keeper", "", "keeper"),
	    ["/today", "/organisations", "/circles"]);
});
