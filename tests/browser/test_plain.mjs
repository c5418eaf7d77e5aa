/* SPDX-License-Identifier: Apache-2.0 */
/* All that matters, in a browser that runs no scripts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, day, oneWord, writeAndPublish } from "./lib/acts.mjs";
import { signIn, speak, visitor } from "./lib/browser.mjs";
import { portal } from "./lib/portal.mjs";
import { speaker } from "./lib/words.mjs";

const w = speaker("en");
const plain = { javaScriptEnabled: false };

test("without scripts: sign in, publish, answer, sign out", async (t) => {
	const author = await visitor(t, plain);
	const reader = await visitor(t, plain);
	const title = `Without scripts ${oneWord()}`;

	await signIn(author, portal.person("jonas.peeters@csirt.example"));
	await author.goto("/drafts/new");
	await author.getByRole("button", { name: w("Draft.Save") }).click();
	await author.getByRole("alert").getByRole("link").first().waitFor();
	const ref = await writeAndPublish(author, "en", { title,
		summary: "s", happened: "h", label: "amber",
		circles: ["transport"], answer_by: day(3) });

	await signIn(reader, portal.person("femke.desmet@portscheldt.example"));
	await reader.getByRole("link", { name: title }).first().click();
	await reader.getByRole("button", { name: w("Answer.Send") }).click();
	await reader.getByRole("alert").getByRole("link").waitFor();
	await answer(reader, "en", { state: "mitigated", comment: "Done." });
	await speak(reader, "fr");
	await speak(reader, "en");

	await author.goto(`/advisories/${ref}/answers`);
	const row = author.getByRole("row", { name: "Port of Scheldt" });

	await row.getByText(w("Answer.State.mitigated")).waitFor();
	await author.getByRole("button", { name: w("Nav.SignOut") }).click();
	await author.getByRole("status").getByText(w("Done.signed_out"))
	    .waitFor();
	await author.goto("/today");
	assert.match(author.url(), /\/sign-in\?/);
});
