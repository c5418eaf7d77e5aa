/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small comforts.  Every page does all it has to without this file.  Text is
 * only ever set as text: the content policy requires Trusted Types.
 */
"use strict";

/* "142 / 600" below a field that has a limit. */
function countCharacters(field) {
	const max = Number(field.dataset.max);
	const counter = document.createElement("span");
	const number = new Intl.NumberFormat(document.documentElement.lang);

	function show() {
		/* As the program counts: characters, a line end is one. */
		const n = [...field.value].length;

		counter.textContent = number.format(n) + " / " + number.format(max);
		counter.classList.toggle("over", n > max);
	}
	counter.className = "counter";
	counter.setAttribute("aria-hidden", "true");
	field.after(counter);
	field.addEventListener("input", show);
	show();
}

/* Asks before what was typed is left behind. */
function guardLeaving(form) {
	let isChanged = false;

	form.addEventListener("input", () => { isChanged = true; });
	form.addEventListener("submit", () => { isChanged = false; });
	window.addEventListener("beforeunload", (event) => {
		if (isChanged)
			event.preventDefault();
	});
}

/* A button that copies what stands before it. */
function offerCopy(source) {
	const button = document.createElement("button");

	button.type = "button";
	button.className = "button quiet small";
	button.textContent = source.dataset.copy;
	button.setAttribute("aria-live", "polite");
	button.addEventListener("click", async () => {
		/* Lines of a list one below the other. */
		const items = [...source.querySelectorAll("li")];
		const text = items.length > 0 ?
		    items.map((li) => li.textContent.trim()).join("\n") :
		    source.textContent;

		try {
			await navigator.clipboard.writeText(text);
			button.textContent = source.dataset.copied;
		} catch {
			window.getSelection().selectAllChildren(source);
		}
	});
	source.after(button);
}

/* All of it, in a page or in what has come into one. */
function startPage(root) {
	root.querySelectorAll("[data-max]").forEach(countCharacters);
	root.querySelectorAll("form[data-leave]").forEach(guardLeaving);
	if (navigator.clipboard)
		root.querySelectorAll("[data-copy]").forEach(offerCopy);
	/* After a refusal, what is wrong comes first. */
	root.querySelector("[data-focus]")?.focus();
}

startPage(document);
