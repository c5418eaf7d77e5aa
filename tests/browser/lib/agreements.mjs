/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What people do with agreements, as they do it: by labels and buttons.  Each
 * is a seat: { page, lang, w, person }, in the person's own language.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { enterByLink, prove, signIn, speak, visitor } from "./browser.mjs";
import { portal } from "./portal.mjs";
import { speaker } from "./words.mjs";

export const run = promisify(execFile);

function seat(page, email, lang) {
	return { page, lang, w: speaker(lang), person: portal.person(email) };
}

/* By a one-time link: not proved yet. */
export async function sit(t, email, lang, options = {}) {
	const page = await enterByLink(t, portal, email, options);

	await speak(page, lang);
	return seat(page, email, lang);
}

/* With password and code: proved. */
export async function sitProved(t, email, lang, options = {}) {
	const page = await visitor(t, options);

	await signIn(page, portal.person(email));
	await speak(page, lang);
	return seat(page, email, lang);
}

/* Onward to a page that may ask for password and code before. */
export async function go(s, act) {
	const before = s.page.url();

	await act();
	await s.page.waitForURL((url) => url.href !== before);
	if (/\/account\/prove/.test(s.page.url()))
		await prove(s.page, s.person, s.lang);
	await s.page.waitForURL((url) => url.pathname !== "/account/prove");
}

export async function done(s, word) {
	await s.page.getByRole("status").getByText(s.w(`Done.${word}`))
	    .waitFor();
}

export function press(s, key) {
	return s.page.getByRole("main")
	    .getByRole("button", { name: s.w(key), exact: true }).click();
}

/* ---- drafting --------------------------------------------------------- */

async function addParty(s, name) {
	const { page, w } = s;

	await page.getByLabel(w("Agreement.PartyAdd")).selectOption(name);
	await press(s, "Agreement.PartyAddGo");
	await page.locator(".chosen li", { hasText: name }).waitFor();
}

async function choose(s, field, word) {
	await s.page.getByRole("group", { name: s.w(`Form.Label.${field}`) })
	    .getByLabel(word, { exact: true }).check();
}

/* Fields of the form that `a` has; the auditor by name. */
export async function fillAgreement(s, a) {
	const lines = ["change", "title", "text", "circle_name", "notice_days",
		"until_at"];
	const word = { max_label: "Tlp.Name", sharing: "Agreement.Sharing",
		order: "Agreement.Order" };

	for (const name of lines)
		if (a[name] !== undefined)
			await s.page.getByLabel(s.w(`Form.Label.${name}`))
			    .fill(a[name]);
	if (a.auditor !== undefined)
		await s.page.getByLabel(s.w("Form.Label.auditor"))
		    .selectOption(a.auditor);
	for (const [name, key] of Object.entries(word))
		if (a[name] !== undefined)
			await choose(s, name, s.w(`${key}.${a[name]}`));
}

/* From the list to the draft as its parties will see it; its number. */
export async function draftAgreement(s, a) {
	const { page, w } = s;

	await page.goto("/agreements");
	await page.getByRole("link", { name: w("Agreement.New") }).click();
	await page.getByRole("link", { name: w(`Agreement.Kind.${a.kind}`),
		exact: true }).click();
	await fillAgreement(s, a);
	for (const name of a.parties)
		await addParty(s, name);
	await press(s, "Agreement.Save");
	await page.waitForURL(/\/propose/);
	return /AGR-\d+-\d+/.exec(page.url())[0];
}

export async function propose(s) {
	await press(s, "Agreement.ProposeNow");
	await done(s, "proposed");
}

/* ---- signing ---------------------------------------------------------- */

/* From the agreement to the page on which it is signed. */
export async function toSign(s, ref) {
	const { page, w } = s;

	await page.goto(`/agreements/${ref}`);
	await go(s, () => page.getByRole("link",
	    { name: w("Agreement.SignGo") }).first().click());
	await page.waitForURL(/\/sign$/);
}

export async function signIt(s, word = "signed") {
	await s.page.getByLabel(s.w("Agreement.SignAgree")).check();
	await press(s, "Agreement.SignNow");
	await done(s, word);
}

/* By each of them, the last of whom puts it into force. */
export async function signAll(seats, ref) {
	for (const s of seats) {
		await toSign(s, ref);
		await signIt(s, s === seats.at(-1) ? "signed_last" : "signed");
	}
}

/* ---- keys ------------------------------------------------------------- */

/* An empty folder, until the end of the test. */
export async function folderOf(t) {
	const folder = await mkdtemp(join(tmpdir(), "entente-browser."));

	t.after(() => rm(folder, { recursive: true }));
	return folder;
}

/* A pair of keys without a password, made by minisign. */
export async function newKey(t) {
	const folder = await folderOf(t);
	const key = { folder, secret: join(folder, "a.key"),
		open: join(folder, "a.pub") };

	await run("minisign", ["-G", "-W", "-p", key.open, "-s", key.secret]);
	key.text = await readFile(key.open, "utf8");
	key.number = /public key (\w+)/.exec(key.text)[1].padStart(16, "0");
	return key;
}

/* What the page gives to sign, signed: the file. */
export async function proofOf(page, key) {
	const [given] = await Promise.all([page.waitForEvent("download"),
		page.locator("a[download]").click()]);
	const file = join(key.folder, given.suggestedFilename());

	await given.saveAs(file);
	await run("minisign", ["-S", "-s", key.secret, "-m", file]);
	return `${file}.minisig`;
}

export async function bringKey(steward, key) {
	const { page, w } = steward;

	await page.goto("/keys");
	await go(steward, () => page.getByRole("link",
	    { name: w("Key.New") }).click());
	await page.getByLabel(w("Form.Label.key")).fill(key.text);
	await press(steward, "Key.GoOn");
	await page.waitForURL(/key=/);
	await page.locator("input[type=file]")
	    .setInputFiles(await proofOf(page, key));
	await press(steward, "Key.Propose");
	await done(steward, "key_proposed");
}

/* ---- ending, publishing ----------------------------------------------- */

/* To the page before an act that the agreement's own page offers. */
export async function toAct(s, ref, title) {
	const { page, w } = s;

	await page.goto(`/agreements/${ref}`);
	await go(s, () => page.getByRole("link",
	    { name: w(title), exact: true }).last().click());
}
