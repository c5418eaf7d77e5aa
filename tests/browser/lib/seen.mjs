/* SPDX-License-Identifier: Apache-2.0 */
/* What a person sees, as assertions on a whole page. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axeSource = readFileSync(
    createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
	"best-practice"];

async function violations(page, options) {
	if (!await page.evaluate(() => "axe" in window))
		await page.evaluate(axeSource);
	return page.evaluate(async (o) => {
		const { violations: found } = await window.axe.run(document, o);

		return found.map((v) => `${v.id}: ${v.help}: ` +
		    v.nodes.map((n) => n.target.join(" ")).join(", "));
	}, options);
}

/*
 * No violation of axe-core, by day and by night.  What a colour scheme
 * changes is colours: at night only those are looked at again.
 */
export async function isAccessible(page) {
	const day = { resultTypes: ["violations"],
		runOnly: { type: "tag", values: TAGS } };
	const night = { resultTypes: ["violations"],
		runOnly: { type: "rule", values: ["color-contrast"] } };

	await page.emulateMedia({ colorScheme: "light" });
	const found = await violations(page, day);
	await page.emulateMedia({ colorScheme: "dark" });
	found.push(...(await violations(page, night)).map((v) => `dark: ${v}`));
	await page.emulateMedia({ colorScheme: null });
	assert.deepEqual(found, [], `axe-core at ${page.url()}`);
}

/* Nothing sticks out sideways; what does is named. */
export async function fitsWidth(page) {
	const { over, names } = await page.evaluate(() => {
		const root = document.documentElement;
		const width = root.clientWidth;
		const wide = root.scrollWidth <= width ? [] :
		    [...document.body.querySelectorAll("*")].filter((e) =>
			e.getBoundingClientRect().right > width + 0.5 &&
			e.checkVisibility());

		return {
			over: root.scrollWidth - width,
			names: wide.slice(-3).map((e) =>
				`${e.tagName.toLowerCase()}.${e.className}`),
		};
	});

	assert.ok(over <= 0,
	    `${page.url()} is ${over} px too wide: ${names.join(", ")}`);
}

export async function status(page, path, wanted) {
	const response = await page.goto(path);

	assert.equal(response.status(), wanted, path);
}

/* A page moves the focus when it is drawn, or by its script: a moment later. */
export function focusComes(page, selector) {
	return page.waitForFunction(
	    (wanted) => document.activeElement.matches(wanted), selector);
}

/*
 * The element that has the focus, and whether one can see that it has.  Inside
 * a date field Chromium goes on to its own button, with its own ring: the
 * field is active then, but does not have the focus itself.
 */
export function focused(page) {
	return page.evaluate(() => {
		const e = document.activeElement;
		const style = getComputedStyle(e);

		return {
			id: e.id,
			tag: e.tagName.toLowerCase(),
			type: e.getAttribute("type"),
			name: e.getAttribute("name"),
			text: (e.innerText ?? "").trim(),
			isVisible: e.type === "date" && !e.matches(":focus") ||
			    e.matches(":focus-visible") &&
			    style.outlineStyle !== "none" &&
			    parseFloat(style.outlineWidth) >= 2,
		};
	});
}
