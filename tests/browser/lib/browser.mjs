/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One Chromium for all tests; each person sits at a browser of their own (a
 * context).  What a page complains about in the console fails the test.
 */
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { portal as demonstration } from "./portal.mjs";
import { say } from "./words.mjs";

const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update",
	"--disable-sync"];

let browser;

export async function start() {
	const args = [...QUIET];

	if (process.getuid() === 0)
		args.push("--no-sandbox");
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM,
		args,
	});
}

export async function stop() {
	await browser?.close();
}

/*
 * An error status is what some tests want, or a connection that breaks off;
 * its line in the console too.
 */
function isExpected(text) {
	return text.startsWith(
	    "Failed to load resource: the server responded") ||
	    text === "Failed to load resource: net::ERR_FAILED";
}

function listen(page, complaints) {
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("console", (message) => {
		if (["error", "warning"].includes(message.type()) &&
		    !isExpected(message.text()))
			complaints.push(`${page.url()}: ${message.text()}`);
	});
}

/*
 * A browser that nobody has used, closed at the end of test `t`.  `options`
 * are Playwright's of a context, and `at`: which portal.
 */
export async function visitor(t, { at = demonstration, ...options } = {}) {
	const complaints = [];
	const context = await browser.newContext({
		baseURL: at.url,
		locale: "en-GB",
		timezoneId: "Europe/Brussels",
		viewport: { width: 1180, height: 900 },
		reducedMotion: "reduce",
		...options,
	});

	context.setDefaultTimeout(20000);
	context.on("page", (page) => listen(page, complaints));
	t.after(async () => {
		await context.close();
		assert.deepEqual(complaints, [], "complaints in the console");
	});
	return context.newPage();
}

/* ---- signing in ------------------------------------------------------- */

export async function signIn(page, person, lang = "en") {
	await page.goto("/sign-in");
	await page.getByLabel(say(lang, "SignIn.Email")).fill(person.email);
	await page.getByLabel(say(lang, "SignIn.Password"))
	    .fill(person.password);
	await page.getByRole("button", { name: say(lang, "SignIn.Next") })
	    .click();
	await page.getByLabel(say(lang, "SignIn.Code"))
	    .fill(await person.code());
	await page.getByRole("button", { name: say(lang, "SignIn.Enter") })
	    .click();
	await page.waitForURL(/\/today$/);
}

/* Asked for password and code once more, before what is sensitive. */
export async function prove(page, person, lang = "en") {
	await page.waitForURL(/\/account\/prove/);
	await page.getByLabel(say(lang, "SignIn.Password"))
	    .fill(person.password);
	await page.getByLabel(say(lang, "SignIn.Code"))
	    .fill(await person.code());
	await page.getByRole("button", { name: say(lang, "Account.ProveGo") })
	    .click();
}

/* A button says so in its own language, whichever the page has. */
export async function speak(page, lang) {
	if (await page.locator("html").getAttribute("lang") === lang)
		return;
	await page.getByRole("banner")
	    .getByRole("button", { name: say(lang, `Language.${lang}`) })
	    .click();
	await page.locator(`html[lang="${lang}"]`).waitFor();
}

/* By a one-time link, which costs no code. */
export async function enterByLink(t, at, email, options = {}) {
	const page = await visitor(t,
	    { at, ...options, javaScriptEnabled: true });
	const { link } = await at.ctl("person", "link", email);

	await page.goto(link);
	await page.locator("main form button").click();
	await page.waitForURL(/\/today$/);
	return page;
}

/*
 * The browser of somebody who is signed in and reads in `lang`; a person's
 * browsers in several tests share one session.  Options as for visitor().
 */
export async function member(t, email, lang, options = {}) {
	const at = options.at ?? demonstration;
	let page;

	if (!at.sessions.has(email)) {
		page = await enterByLink(t, at, email, options);
		at.sessions.set(email, await page.context().storageState());
	}
	page = await visitor(t,
	    { ...options, storageState: at.sessions.get(email) });
	await page.goto("/today");
	await speak(page, lang);
	return page;
}
