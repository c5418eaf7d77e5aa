/* SPDX-License-Identifier: Apache-2.0 */
/* What people do in the library, as they do it: by labels and buttons. */
import { Buffer } from "node:buffer";
import { speaker } from "./words.mjs";

/* A file as a browser hands it in. */
export function file(name, text) {
	return { name, mimeType: "application/octet-stream",
		buffer: Buffer.from(text) };
}

async function check(page, group, names) {
	const box = page.getByRole("group", { name: group, exact: true });

	for (const name of names)
		await box.getByLabel(name, { exact: true }).check();
}

/* The fields of the form that `d` has; words are of the catalogue. */
export async function fillDocument(page, lang, d) {
	const w = speaker(lang);
	const label = (name) => w(`Form.Label.${name}`);
	const typed = ["note", "title", "summary", "review_by", "related",
		"translation_of"];
	const sets = { kind: "Document.Kind", label: "Tlp.Choice",
		sectors: "Sector", measures: "Measure.Long",
		circles: "Circle" };

	if (d.file)
		await page.locator("#file").setInputFiles(d.file);
	for (const name of typed)
		if (d[name] !== undefined)
			await page.locator(`#${name}`).fill(d[name]);
	if (d.language)
		await page.getByLabel(w("Document.LanguageOf"))
		    .selectOption(d.language);
	for (const [name, key] of Object.entries(sets))
		await check(page, new RegExp(`^${label(name)}`),
		    [d[name] ?? []].flat().map((word) => w(`${key}.${word}`)));
}

export async function saveDocument(page, lang) {
	await page.getByRole("button", { name: speaker(lang)("Draft.Save") })
	    .click();
}

/* From the library to who will see it; its number. */
export async function writeDocument(page, lang, d) {
	await page.goto("/documents");
	await page.getByRole("link",
	    { name: speaker(lang)("Document.New") }).click();
	await fillDocument(page, lang, d);
	await saveDocument(page, lang);
	await page.waitForURL(/\/publish/);
	return /documents\/([^/]+)\/publish/.exec(page.url())[1];
}

/* From who will see it to the published document. */
export async function publishDocument(page, lang) {
	const w = speaker(lang);

	await page.getByRole("button", { name: w("Draft.PublishNow") }).click();
	await page.getByRole("status").getByText(w("Done.document_published"))
	    .waitFor();
}

export async function contribute(page, lang, d) {
	const ref = await writeDocument(page, lang, d);

	await publishDocument(page, lang);
	return ref;
}

/* The next version, with what of `d` is other. */
export async function renew(page, lang, ref, d) {
	const w = speaker(lang);

	await page.goto(`/documents/${ref}`);
	await page.getByRole("button", { name: w("Document.Revise") }).click();
	await fillDocument(page, lang, d);
	await saveDocument(page, lang);
	await page.waitForURL(/\/publish/);
	await publishDocument(page, lang);
}

export async function comment(page, lang, text, send = "CommentSend") {
	const w = speaker(lang);

	await page.locator("#comment").fill(text);
	await page.getByRole("button", { name: w(`Document.${send}`),
		exact: true }).click();
	await page.getByRole("status").waitFor();
}
