/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bundle that is being made: the page asks for itself, moves the bar, and is
 * read anew when the bundle is made.  Without this file there is a link.
 */
"use strict";

const NEWS_MS = 1500;

/*
 * The page as a document: the answer of a request, because a text may not
 * become one here (Trusted Types).
 */
function fetched(path) {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();

		request.open("GET", path);
		request.responseType = "document";
		request.onload = () => request.status === 200 ?
		    resolve(request.response) : reject(request.status);
		request.onerror = reject;
		request.send();
	});
}

async function look(shown) {
	const page = await fetched(location.pathname);
	const news = page.querySelector("#making progress");

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
