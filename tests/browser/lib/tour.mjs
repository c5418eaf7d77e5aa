/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Somebody who walks through pages and looks at each: by day and by night, on
 * a screen and on a telephone.  What is found is kept to the end, so that one
 * walk names it all.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fitsWidth, isAccessible } from "./seen.mjs";

const WIDE = { width: 1180, height: 900 };
const TELEPHONE = { width: 390, height: 844 };
const BUTTON = "button:not([type=button])";

/* "en GET /advisories/ENT-2026-0001": what was looked at, of all tours. */
const looked = new Set();

export class Tour {
	constructor(page, lang) {
		this.page = page;
		this.lang = lang;
		this.found = [];
		this.last = null;
		page.on("response", (response) => {
			const request = response.request();

			if (request.isNavigationRequest() &&
			    response.status() !== 303)
				this.last = request;
		});
	}

	async note(check) {
		try {
			await check(this.page);
		} catch (error) {
			if (error.code !== "ERR_ASSERTION")
				throw error;
			this.found.push(error.message);
		}
	}

	/* At the page that is there now. */
	async look() {
		const page = this.page;

		await page.waitForLoadState();
		looked.add([this.lang, this.last.method(),
			new URL(this.last.url()).pathname].join(" "));
		await this.note(async () => assert.equal(
		    await page.locator("html").getAttribute("lang"), this.lang,
		    `language of ${page.url()}`));
		await this.note(isAccessible);
		await page.setViewportSize(TELEPHONE);
		await this.note(fitsWidth);
		await page.setViewportSize(WIDE);
	}

	async visit(...paths) {
		for (const path of paths) {
			await this.page.goto(path);
			await this.look();
		}
	}

	/* The page behind a list's first link that has this text. */
	async follow(text) {
		await this.page.getByRole("main")
		    .getByRole("link", { name: text }).first().click();
		await this.look();
	}

	/* The form of `action`, with these values, sent by its `button`. */
	async send(action, values = {}, button = BUTTON) {
		const form = this.page.locator(`main form[action="${action}"]`);

		for (const [name, value] of Object.entries(values)) {
			const field = form.locator(`[name="${name}"]`).first();

			if (await field.isVisible())
				await field.fill(value);
			else
				await field.evaluate((e, v) => { e.value = v; },
				    value);
		}
		const answer = this.page.waitForResponse((r) =>
			r.request().isNavigationRequest() &&
			r.status() !== 303);

		await form.locator(button).first().click();
		return answer;
	}

	/* As send(), with something wrong: the form again, and a look at it. */
	async sendWrongly(action, values, button = BUTTON) {
		const answer = await this.send(action, values, button);

		await this.look();
		await this.note(async () => assert.ok(
		    answer.request().method() === "POST" &&
		    answer.status() >= 400 && answer.status() < 500,
		    `${action} took ${JSON.stringify(values)}`));
	}

	end() {
		assert.deepEqual(this.found, []);
	}
}

/* ---- was it all? ------------------------------------------------------ */

/* Rows of the route tables: { method, pattern, hasAgain }. */
function routes() {
	const file = new URL("../../../cgi-bin/page/routes.c", import.meta.url);
	const row =
	    /\{\s*(GET|POST),\s*"([^"]+)",[^{}]*,\s*(\w+),\s*(\w+)\s*\}/g;

	return [...readFileSync(file, "utf8").matchAll(row)].map((m) =>
		({ method: m[1], pattern: m[2], hasAgain: m[4] !== "NULL" }));
}

function fits(pattern) {
	const path = pattern.split("/").map((part) =>
		/^\{\w+\}$/.test(part) ? "[^/]+" :
		part.replace(/[.*+?^$()|[\]\\]/g, "\\$&")).join("/");

	return new RegExp(`^${path}$`);
}

/*
 * Pages that no tour has looked at, in this language.  A POST has one where
 * its form comes again with what was wrong.
 */
export function overlooked(lang, without) {
	const paths = (method) => [...looked]
	    .map((line) => line.split(" "))
	    .filter(([l, m]) => l === lang && m === method)
	    .map(([, , path]) => path);
	const isSeen = ({ method, pattern }) =>
		paths(method).some((path) => fits(pattern).test(path));

	return routes()
	    .filter((r) => r.method === "GET" || r.hasAgain)
	    .filter((r) => !without.includes(r.pattern) && !isSeen(r))
	    .map((r) => `${r.method} ${r.pattern}`);
}
