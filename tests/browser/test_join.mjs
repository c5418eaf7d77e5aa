/* SPDX-License-Identifier: Apache-2.0 */
/* From a steward's invitation to the second sign-in of a new person. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { choosePassword, join, linkAuthenticator, oneWord }
    from "./lib/acts.mjs";
import { prove, signIn, speak, visitor } from "./lib/browser.mjs";
import { Person, portal } from "./lib/portal.mjs";
import { say } from "./lib/words.mjs";

const en = (key, places) => say("en", key, places);
const fr = (key, places) => say("fr", key, places);

/* The steward's side: the link, and the letter that goes with it. */
async function invite(page, name, email) {
	await page.getByRole("link", { name: en("Nav.People") }).click();
	await page.getByRole("link", { name: en("Person.New") }).click();
	await page.getByLabel(en("Form.Label.name")).fill(name);
	await page.getByLabel(en("Form.Label.email")).fill(email);
	await page.getByLabel(en("Language.fr")).check();
	await page.getByLabel(en("Role.Can.publisher")).check();
	await page.getByRole("button", { name: en("Person.Invite") }).click();
	await page.getByRole("heading", { name: en("Person.InvitedTitle") })
	    .waitFor();
	return {
		link: (await page.locator("#link").innerText()).trim(),
		letter: await page.locator("#mail").innerText(),
	};
}

async function joinBadlyThenWell(page, person) {
	await choosePassword(page, "fr", "trop court");
	await page.getByRole("alert").getByText(fr("Form.Summary")).waitFor();
	await page.locator("#password-error").waitFor();
	await choosePassword(page, "fr", person.password);
	await page.getByRole("heading", { name: fr("Account.FactorTitle") })
	    .waitFor();
	assert.ok(await page.locator(".qr svg").isVisible());
	await page.getByRole("textbox", { name: fr("SignIn.Code") })
	    .fill("000000");
	await page.getByRole("button", { name: fr("Invitation.Next") }).click();
	await page.locator("#code-error").waitFor();
	await linkAuthenticator(page, "fr", person);
}

async function enterByRecovery(page, person, code) {
	await page.goto("/sign-in");
	await page.getByLabel(fr("SignIn.Email")).fill(person.email);
	await page.getByLabel(fr("SignIn.Password")).fill(person.password);
	await page.getByRole("button", { name: fr("SignIn.Next") }).click();
	await page.getByRole("textbox", { name: fr("SignIn.Code") }).fill(code);
	await page.getByRole("button", { name: fr("SignIn.Enter") }).click();
}

test("invited, joined, signed out, in again by a recovery code", async (t) => {
	const claire = portal.person("claire.martin@csirt.example");
	const person = new Person({
		email: `noemie.${oneWord()}@csirt.example`,
		password: `${oneWord()} sur le quai de la gare`,
	});
	const steward = await visitor(t);
	const page = await visitor(t, { locale: "en-GB" });

	await signIn(steward, claire);
	const { link, letter } = await invite(steward, "Noémie Klein",
	    person.email);
	assert.match(letter, new RegExp(fr("Invitation.MailOpen")));
	assert.ok(letter.includes(link) && letter.includes("Noémie Klein"));

	/* Sent again, the form is not done again, and the link is gone. */
	await steward.reload();
	assert.equal(await steward.locator("#link").count(), 0);
	await steward.goto("/people");
	assert.equal(await steward.getByText(person.email).count(), 1);

	await page.goto(link);
	assert.equal(await page.locator("html").getAttribute("lang"), "fr");
	await joinBadlyThenWell(page, person);
	const codes = await page.locator(".codes code").allInnerTexts();
	assert.equal(codes.length, 10);
	await page.getByRole("link", { name: fr("Invitation.Start") }).click();
	await page.waitForURL(/\/today$/);
	assert.ok(await page.getByRole("banner").getByText("Noémie Klein")
	    .isVisible());

	/* Signed out, one is a visitor, in the browser's language. */
	await page.getByRole("button", { name: fr("Nav.SignOut") }).click();
	await page.getByRole("status").getByText(en("Done.signed_out"))
	    .waitFor();
	await speak(page, "fr");
	await page.goto("/today");
	await page.waitForURL(/\/sign-in\?/);

	await enterByRecovery(page, person, codes[3]);
	await page.waitForURL(/\/today$/);
	await page.getByRole("button", { name: fr("Nav.SignOut") }).click();
	await enterByRecovery(page, person, codes[3]);
	await page.locator("#code-error").waitFor();

	const late = await visitor(t, { locale: "en-GB" });
	const answer = await late.goto(link);
	assert.equal(answer.status(), 404);
	await late.getByRole("heading", { name: en("Invitation.Gone") })
	    .waitFor();
});

test("the last form of an invitation clicked twice", async (t) => {
	const { link } = await portal.ctl("person", "invite", "national-csirt",
	    "--name", "Kim Dubbel", "--email", `${oneWord()}@csirt.example`,
	    "--language", "en");
	const person = new Person({ email: "", password: `${oneWord()} a b c` });
	const page = await visitor(t);

	await page.goto(link);
	await choosePassword(page, "en", person.password);
	person.secret = (await page.locator(".secret").innerText()).trim();
	await page.getByRole("textbox", { name: en("SignIn.Code") })
	    .fill(await person.code());
	await page.getByRole("button", { name: en("Invitation.Next") })
	    .dblclick();
	await page.getByRole("heading", { name: new RegExp(
	    `${en("Invitation.Joined")}|${en("Invitation.Already")}`) })
	    .waitFor();
	await page.goto(link);
	await page.getByRole("heading", { name: en("Invitation.Already") })
	    .waitFor();
});

test("somebody who has lost everything is reset by a steward", async (t) => {
	const claire = portal.person("claire.martin@csirt.example");
	const { link } = await portal.ctl("person", "invite", "national-csirt",
	    "--name", "Lou Verloren", "--email", `${oneWord()}@csirt.example`,
	    "--language", "en");
	const before = await visitor(t);
	const lost = await join(before, "en", link, "lost@csirt.example");

	/* The page of the codes called back: they were shown, once. */
	assert.equal((await before.reload()).status(), 200);
	await before.getByRole("heading", { name: en("Invitation.Already") })
	    .waitFor();
	const steward = await visitor(t);

	await signIn(steward, claire);
	await steward.goto("/people");
	await steward.getByRole("link", { name: "Lou Verloren" }).click();
	await steward.getByRole("link", { name: en("Person.Reset") }).click();
	await steward.getByText(en("Person.ResetPassword")).waitFor();
	await steward.getByRole("button", { name: en("Person.ResetNow") })
	    .click();
	await steward.getByRole("heading", { name: en("Person.InvitedTitle") })
	    .waitFor();
	const again = (await steward.locator("#link").innerText()).trim();

	await before.goto("/today");
	await before.waitForURL(/\/sign-in\?/);
	await before.getByText(en("SignIn.Asked")).waitFor();
	const person = await join(before, "en", again, "lost@csirt.example");

	assert.notEqual(person.secret, lost.secret);
	assert.notDeepEqual(person.recovery, lost.recovery);
	await before.goto("/today");
	await before.waitForURL(/\/today$/);
});

test("after sign-in one is where one wanted to be", async (t) => {
	const page = await visitor(t);
	const daan = portal.person("daan.willems@meusegrid.example");

	await page.goto("/advisories?show=unread");
	await page.goto("/circles");
	await page.waitForURL(/\/sign-in\?to=/);
	await page.getByLabel(en("SignIn.Email")).fill(daan.email);
	await page.getByLabel(en("SignIn.Password")).fill("wrong, of course");
	await page.getByRole("button", { name: en("SignIn.Next") }).click();
	await page.locator("#password-error").waitFor();
	assert.equal(await page.getByLabel(en("SignIn.Email")).inputValue(),
	    daan.email);
	await page.getByLabel(en("SignIn.Password")).fill(daan.password);
	await page.getByRole("button", { name: en("SignIn.Next") }).click();
	await page.getByRole("textbox", { name: en("SignIn.Code") })
	    .fill(await daan.code());
	await page.getByRole("button", { name: en("SignIn.Enter") }).click();
	await page.waitForURL(/\/circles$/);
});

test("sessions are listed and ended; what is sensitive asks again",
    async (t) => {
	const person = portal.person("pieter.janssens@flanderswater.example");
	const here = await visitor(t);
	const there = await visitor(t);

	await signIn(here, person);
	const { link } = await portal.ctl("person", "link", person.email);
	await there.goto(link);
	await there.getByRole("button", { name: en("SignIn.LinkEnter") })
	    .click();
	await there.waitForURL(/\/today$/);

	/* A one-time link proves nothing: password and code are asked for. */
	await there.goto("/account/password");
	await prove(there, person);
	await there.waitForURL(/\/account\/password$/);

	await here.goto("/account");
	await here.getByText(en("Account.SessionThis"), { exact: true })
	    .waitFor();
	await here.getByRole("button", { name: en("Account.SessionEnd") })
	    .first().click();
	await here.getByRole("status").getByText(en("Done.session_ended"))
	    .waitFor();
	await there.goto("/today");
	await there.waitForURL(/\/sign-in\?/);
});
