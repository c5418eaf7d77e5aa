/* SPDX-License-Identifier: Apache-2.0 */
/* All that matters, in a browser that runs no scripts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, day, oneWord, writeAndPublish } from "./lib/acts.mjs";
import { done, draftAgreement, fillAgreement, press, propose, signAll,
	sitProved, toSign } from "./lib/agreements.mjs";
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

/* What is wrong is said, and what was typed stays, without scripts too. */
async function typesWrongly(s) {
	await s.page.getByRole("link", { name: w("Agreement.EditGo") }).click();
	await fillAgreement(s, { title: "Typed", notice_days: "soon" });
	await press(s, "Agreement.Save");
	await s.page.getByRole("alert").getByRole("link",
	    { name: w("Form.Label.notice_days") }).click();
	await s.page.locator("#notice_days:target").waitFor();
	assert.equal(await s.page.getByLabel(w("Form.Label.title"))
	    .inputValue(), "Typed");
}

async function commentsAtLast(s, ref) {
	await s.page.goto(`/agreements/${ref}`);
	await press(s, "Agreement.CommentSend");
	await s.page.locator("#comment-error").waitFor();
	await s.page.getByLabel(w("Form.Label.comment")).fill("All right.");
	await press(s, "Agreement.CommentSend");
	await done(s, "commented");
}

test("without scripts: draft, propose, comment, sign", async (t) => {
	const drafter = await sitProved(t,
	    "sarah.colin@telecom-atlantique.example", "en", plain);
	const other = await sitProved(t, "eva.maes@infrastructure.example",
	    "en", plain);
	const ref = await draftAgreement(drafter, { kind: "mutual_aid",
		circle_name: `Plain ${oneWord()}`,
		parties: ["Ministry of Infrastructure"] });

	await typesWrongly(drafter);
	await fillAgreement(drafter, { notice_days: "30" });
	await press(drafter, "Agreement.Save");
	await propose(drafter);
	await commentsAtLast(other, ref);
	await toSign(drafter, ref);
	await press(drafter, "Agreement.SignNow");
	await drafter.page.locator("#agree-error").waitFor();
	await signAll([drafter, other], ref);
});
