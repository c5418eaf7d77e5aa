/* SPDX-License-Identifier: Apache-2.0 */
/* Without a mouse, and one always sees where one is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { day, oneWord, writeAndPublish } from "./lib/acts.mjs";
import { member, visitor } from "./lib/browser.mjs";
import { contribute, file } from "./lib/library.mjs";
import { portal } from "./lib/portal.mjs";
import { focusComes, focused } from "./lib/seen.mjs";
import { speaker } from "./lib/words.mjs";

const w = speaker("en");

/* Tab until `is`; the focus shows at each stop. */
async function tabTo(page, what, is) {
	for (let i = 0; i < 80; i++) {
		await page.keyboard.press("Tab");
		const stop = await focused(page);

		assert.ok(stop.tag === "body" || stop.isVisible,
		    `focus cannot be seen at ${JSON.stringify(stop)}`);
		if (is(stop))
			return;
	}
	assert.fail(`80 times Tab do not lead to ${what}`);
}

function button(page, text) {
	return tabTo(page, text, (s) => s.tag === "button" && s.text === text);
}

async function enter(page, url) {
	await page.keyboard.press("Enter");
	await page.waitForURL(url);
}

test("the first Tab skips to the content", async (t) => {
	const page = await visitor(t);

	await page.goto("/");
	await page.keyboard.press("Tab");
	assert.equal((await focused(page)).text, w("Common.Skip"));
	assert.ok(await page.getByRole("link", { name: w("Common.Skip") })
	    .evaluate((e) => e.getBoundingClientRect().width > 20));
	await page.keyboard.press("Enter");
	assert.equal((await focused(page)).id, "main");
	await page.keyboard.press("Tab");
	assert.ok(await page.evaluate(
	    () => document.getElementById("main")
		.contains(document.activeElement)));
});

async function signInByKeys(page, person) {
	await page.goto("/sign-in");
	await focusComes(page, "#email");
	await page.keyboard.type(person.email);
	await page.keyboard.press("Tab");
	await page.keyboard.type(person.password);
	await enter(page, /\/sign-in\/code/);
	await focusComes(page, "#code");
	await page.keyboard.type(await person.code());
	await enter(page, /\/today/);
}

test("sign in, read and answer without a mouse", async (t) => {
	const title = `By keys alone ${oneWord()}`;
	const author = await member(t, "claire.martin@csirt.example", "en");
	const page = await visitor(t);

	await writeAndPublish(author, "en", { title, summary: "s",
		happened: "h", label: "amber", circles: ["energy"],
		answer_by: day(2) });
	await signInByKeys(page,
	    portal.person("lotte.goossens@nswind.example"));
	await tabTo(page, title, (s) => s.text === title);
	await enter(page, /\/advisories\/ENT/);
	await tabTo(page, "state", (s) => s.name === "state");
	await page.keyboard.press("Space");
	await page.keyboard.press("ArrowDown");
	assert.equal(await page.getByLabel(w("Answer.State.unaffected"),
	    { exact: true }).isChecked(), true);
	await tabTo(page, "comment", (s) => s.name === "comment");
	await page.keyboard.type("No such thing here.");
	await button(page, w("Answer.Send"));
	await enter(page, /done=answered/);
	await page.locator(".mine").getByText("No such thing here.").waitFor();
	await button(page, w("Nav.SignOut"));
	await enter(page, /done=signed-out/);
});

test("find a document, use it and comment without a mouse", async (t) => {
	const title = `Keys in the library ${oneWord()}`;
	const author = await member(t, "claire.martin@csirt.example", "en");
	const page = await member(t, "lotte.goossens@nswind.example", "en");

	await contribute(author, "en", { title, summary: "s", kind: "guide",
		language: "en", label: "green", circles: ["community"],
		file: file("a.txt", "A text.\n") });
	await page.goto("/documents");
	await tabTo(page, "q", (s) => s.id === "q");
	await page.keyboard.type(title);
	await enter(page, /q=Keys/);
	await tabTo(page, title, (s) => s.text === title);
	await enter(page, /\/documents\/DOC/);
	await tabTo(page, "download", (s) =>
		s.text.startsWith(w("Document.Download")));
	await tabTo(page, "comment", (s) => s.id === "comment");
	await page.keyboard.type("Found by keys.");
	await button(page, w("Document.CommentSend"));
	await enter(page, /done=comment-added/);
	await page.locator("#talk").getByText("Found by keys.").waitFor();
	await button(page, w("Document.UseSay"));
	await enter(page, /done=used/);
});
