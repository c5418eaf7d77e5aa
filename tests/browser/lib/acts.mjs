/* SPDX-License-Identifier: Apache-2.0 */
/* What people do on several pages, as they do it: by labels and buttons. */
import assert from "node:assert/strict";
import { Person } from "./portal.mjs";
import { speaker } from "./words.mjs";

export function day(days) {
	return new Date(Date.now() + days * 86400000).toISOString()
	    .slice(0, 10);
}

/* A word that stands nowhere else, so that a search finds one thing. */
export function oneWord() {
	return `zq${Date.now().toString(36)}${Math.random().toString(36)
	    .slice(2, 6)}`;
}

/* ---- an advisory ------------------------------------------------------ */

async function tick(page, group, names) {
	const box = page.getByRole("group", { name: group });

	for (const name of names)
		await box.getByLabel(name, { exact: true }).check();
}

/* The fields of the draft's form that `a` has; words are of the catalogue. */
export async function fillDraft(page, lang, a) {
	const w = speaker(lang);
	const prose = ["change", "title", "summary", "happened", "todo",
		"products", "cves", "named", "answer_by"];

	for (const name of prose)
		if (a[name] !== undefined)
			await page.getByLabel(w(`Form.Label.${name}`))
			    .fill(a[name]);
	if (a.severity)
		await tick(page, w("Form.Label.severity"),
		    [w(`Severity.${a.severity}`)]);
	if (a.label)
		await tick(page, w("Form.Label.label"),
		    [w(`Tlp.Choice.${a.label}`)]);
	await tick(page, w("Form.Label.sectors"),
	    (a.sectors ?? []).map((word) => w(`Sector.${word}`)));
	await tick(page, w("Form.Label.circles"),
	    (a.circles ?? []).map((word) => w(`Circle.${word}`)));
}

export async function save(page, lang) {
	await page.getByRole("button", { name: speaker(lang)("Draft.Save") })
	    .click();
}

/* From anywhere to the preview of a new draft; its number. */
export async function writeDraft(page, lang, a) {
	await page.goto("/drafts/new");
	await fillDraft(page, lang, a);
	await save(page, lang);
	await page.waitForURL(/\/preview/);
	return /drafts\/([^/]+)\/preview/.exec(page.url())[1];
}

/* From the preview, by who will see it, to the published advisory. */
export async function publish(page, lang) {
	const w = speaker(lang);

	await page.getByRole("link", { name: w("Draft.Publish") }).click();
	await page.getByRole("button", { name: w("Draft.PublishNow") }).click();
	await page.getByRole("status").getByText(w("Done.published")).waitFor();
}

export async function writeAndPublish(page, lang, a) {
	const ref = await writeDraft(page, lang, a);

	await publish(page, lang);
	return ref;
}

/* ---- an answer -------------------------------------------------------- */

export async function answer(page, lang, { state, comment, doneBy }) {
	const w = speaker(lang);

	await page.getByLabel(w(`Answer.State.${state}`), { exact: true })
	    .check();
	if (comment)
		await page.getByLabel(w("Form.Label.comment")).fill(comment);
	if (doneBy)
		await page.getByLabel(w("Answer.DoneBy")).fill(doneBy);
	await page.getByRole("button", { name: w("Answer.Send") }).click();
	await page.getByRole("status").getByText(w("Done.answered")).waitFor();
}

/* ---- joining ---------------------------------------------------------- */

/* The page of an invitation: a password; then on to the authenticator. */
export async function choosePassword(page, lang, password) {
	const w = speaker(lang);

	await page.getByLabel(w("Password.New")).fill(password);
	await page.getByRole("button", { name: w("Invitation.Next") }).click();
}

/* The key that the page shows, for those who cannot scan. */
export async function linkAuthenticator(page, lang, person) {
	const w = speaker(lang);

	person.secret = (await page.locator(".secret").innerText()).trim();
	await page.getByRole("textbox", { name: w("SignIn.Code") })
	    .fill(await person.code());
	await page.getByRole("button", { name: w("Invitation.Next") }).click();
	await page.getByRole("heading", { name: w("Invitation.Joined") })
	    .waitFor();
}

/* By an invitation to a person with password, authenticator and codes. */
export async function join(page, lang, link, email) {
	const person = new Person({ email,
	    password: `${oneWord()} och tre ord` });

	await page.goto(link);
	await choosePassword(page, lang, person.password);
	await linkAuthenticator(page, lang, person);
	person.recovery = await page.locator(".codes code").allInnerTexts();
	assert.equal(person.recovery.length, 10);
	return person;
}
