/* SPDX-License-Identifier: Apache-2.0 */
/* Two people at one draft, and one person who sends a form twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fillDraft, oneWord, save, writeDraft } from "./lib/acts.mjs";
import { member } from "./lib/browser.mjs";
import { focusComes, status } from "./lib/seen.mjs";
import { speaker } from "./lib/words.mjs";

const w = speaker("en");
const claire = "claire.martin@csirt.example";
const jonas = "jonas.peeters@csirt.example";

function field(page, name) {
	return page.getByLabel(w(`Form.Label.${name}`));
}

test("the second to save is told, and no text is lost", async (t) => {
	const first = await member(t, claire, "en");
	const second = await member(t, jonas, "en");
	const title = `Two at one draft ${oneWord()}`;
	const ref = await writeDraft(first, "en",
	    { title, summary: "As it was.", circles: ["energy"] });

	await first.goto(`/drafts/${ref}`);
	await second.goto(`/drafts/${ref}`);
	await field(first, "summary").fill("By Claire.");
	await field(first, "happened").fill("Claire knows more.");
	await save(first, "en");
	await field(second, "summary").fill("By Jonas.");
	await field(second, "todo").fill("Jonas knows what to do.");
	await save(second, "en");

	const notice = second.getByRole("alert").filter(
	    { hasText: w("Draft.Conflict") });

	await notice.getByText("Claire Martin").waitFor();
	await notice.getByText("By Claire.").waitFor();
	await notice.getByText("Claire knows more.").waitFor();
	assert.equal(await field(second, "summary").inputValue(), "By Jonas.");
	assert.equal(await field(second, "todo").inputValue(),
	    "Jonas knows what to do.");

	/* Put together and saved again, it is what both wanted. */
	await field(second, "happened").fill("Claire knows more.");
	await save(second, "en");
	await second.waitForURL(/\/preview/);
	await first.goto(`/drafts/${ref}`);
	assert.equal(await field(first, "summary").inputValue(), "By Jonas.");
	assert.equal(await field(first, "happened").inputValue(),
	    "Claire knows more.");
});

test("a link of the error summary moves the focus to its field",
    async (t) => {
	const page = await member(t, claire, "en");

	await page.goto("/drafts/new");
	await fillDraft(page, "en", { summary: "x".repeat(2001),
		cves: "CVE-1\nCVE-2026-11111", answer_by: "2020-01-01" });
	await save(page, "en");
	const summary = page.getByRole("alert");

	await summary.getByText(w("Form.Summary")).waitFor();
	await focusComes(page, "[role=alert]");
	const links = await summary.getByRole("link").all();

	assert.ok(links.length >= 2, `${links.length} faults named`);
	for (const link of links) {
		const id = (await link.getAttribute("href")).slice(1);

		await link.click();
		assert.equal(await page.evaluate(
		    () => document.activeElement.id), id);
		const box = page.locator(`[id="${id}"]`);

		assert.ok(await page.locator(`[id="${id}-error"]`).isVisible());
		assert.match(await box.getAttribute("aria-describedby"),
		    new RegExp(`${id}-error`));
		assert.equal(await box.getAttribute("aria-invalid"), "true");
	}
	assert.equal((await field(page, "summary").inputValue()).length, 2001);
	assert.equal(await field(page, "cves").inputValue(),
	    "CVE-1\nCVE-2026-11111");
});

async function draftsNamed(page, title) {
	await page.goto("/drafts");
	return page.getByRole("main").getByRole("link", { name: title })
	    .count();
}

test("a form sent twice is done once: two clicks", async (t) => {
	const page = await member(t, claire, "en");
	const title = `Clicked twice ${oneWord()}`;

	await page.goto("/drafts/new");
	await fillDraft(page, "en", { title, circles: ["energy"] });
	await page.getByRole("button", { name: w("Draft.Save") }).dblclick();
	await page.waitForURL(/\/preview/);
	assert.equal(await draftsNamed(page, title), 1);
});

/*
 * Sending the very bytes again, as a browser does that has kept the page or
 * lost the answer.
 */
test("a form sent twice is done once: back, and sent again", async (t) => {
	const page = await member(t, claire, "en");
	const title = `Sent again ${oneWord()}`;
	let sent;

	await page.goto("/drafts/new");
	await fillDraft(page, "en", { title, circles: ["energy"] });
	page.on("request", (request) => {
		if (request.method() === "POST")
			sent ??= request;
	});
	await save(page, "en");
	await page.waitForURL(/\/preview/);
	const there = new URL(page.url()).pathname;
	const again = await page.request.post("/drafts/new", {
		data: sent.postData(),
		headers: { "Content-Type": "application/x-www-form-urlencoded",
			Origin: new URL(page.url()).origin },
	});

	assert.equal(again.status(), 200);
	assert.equal(new URL(again.url()).pathname, there);
	assert.equal(await draftsNamed(page, title), 1);
});

test("back after publishing, nothing is published again", async (t) => {
	const page = await member(t, claire, "en");
	const ref = await writeDraft(page, "en", {
		title: `Published once ${oneWord()}`, summary: "s",
		happened: "h", label: "green", circles: ["energy"] });
	const button = page.getByRole("button",
	    { name: w("Draft.PublishNow") });

	await page.getByRole("link", { name: w("Draft.Publish") }).click();
	await button.dblclick();
	await page.waitForURL(new RegExp(`/advisories/${ref}`));
	await page.goBack();
	if (await button.count() > 0)
		await button.click();
	await status(page, `/advisories/${ref}/revisions/1`, 200);
	await status(page, `/advisories/${ref}/revisions/2`, 404);
});
