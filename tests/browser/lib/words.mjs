/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a person sees, by its key in the catalogues: a test presses the button
 * that says what Draft.PublishNow says, in either language.
 */
import { readFileSync } from "node:fs";

/* HDF as the catalogues use it: blocks, "key = text", comments. */
function parse(text) {
	const words = new Map();
	const path = [];

	for (const raw of text.split("\n")) {
		const line = raw.trim();
		const pair = /^([\w.]+)\s*=\s?(.*)$/.exec(line);
		const block = /^([\w.]+)\s*\{$/.exec(line);

		if (line === "" || line.startsWith("#"))
			continue;
		if (line === "}")
			path.pop();
		else if (block)
			path.push(block[1]);
		else if (pair)
			words.set([...path, pair[1]].join("."), pair[2]);
		else
			throw new Error(`catalogue: what is "${line}"?`);
	}
	return words;
}

function catalogue(lang) {
	const file = new URL(
	    `../../../templates/lang/${lang}.hdf`, import.meta.url);

	return parse(readFileSync(file, "utf8"));
}

const catalogues = { en: catalogue("en"), fr: catalogue("fr") };

export const LANGUAGES = ["en", "fr"];

/* The text of a key, places filled: say("fr", "Reach.People.One", { n: 1 }). */
export function say(lang, key, places = {}) {
	const text = catalogues[lang].get(`Lang.${key}`);

	if (text === undefined)
		throw new Error(`${lang}.hdf has no ${key}`);
	return text.replace(/\{(\w+)\}/g, (whole, name) =>
		name in places ? String(places[name]) : whole);
}

export function speaker(lang) {
	return (key, places) => say(lang, key, places);
}
