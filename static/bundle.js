/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bundle that is being made: the page asks for itself, moves the bar, and is
 * read anew when the bundle is made.  Without this file there is a link.
 */
"use strict";

const NEWS_MS = 1500;

async function look(shown) {
	const answer = await fetch(location.pathname, { cache: "no-store" });
	const text = await answer.text();
	const page = new DOMParser().parseFromString(text, "text/html");
	const news = page.querySelector("#making progress");

	if (!answer.ok)
		throw new Error(answer.status);
	if (news === null) {
		location.replace(location.pathname);
		return;
	}
	shown.querySelector("progress").value = news.value;
	setTimeout(watch, NEWS_MS, shown);
}

/* Once it is not answered, nothing is asked any more: the link is there. */
function watch(shown) {
	look(shown).catch(() => {
		shown.querySelector(".meta").textContent = shown.dataset.failed;
	});
}

const making = document.getElementById("making");

if (making !== null)
	setTimeout(watch, NEWS_MS, making);
