/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A form with a file, sent so that one sees how far it is and can stop it.
 * Without this file the browser sends the form itself, and so it does when no
 * file was chosen.  What comes back is the same page: the next one, or the form
 * with what was wrong, which takes the place of this one.  The words are in the
 * form's data attributes.
 */
"use strict";

const NEWS_MS = 5000; /* how often a screen reader is told */

function element(name, className, text) {
	const e = document.createElement(name);

	e.className = className;
	e.textContent = text;
	return e;
}

/* "2.4 MB" as the page writes it: steps of 1,024, a digit behind the point. */
function size(bytes, units) {
	const step = bytes < 1024 ? 0 : bytes < 1048064 ? 1 : 2;
	const n = new Intl.NumberFormat(document.documentElement.lang,
	    { maximumFractionDigits: 1 }).format(bytes / 1024 ** step);

	return `${n}\u00a0${units.split(" ")[step]}`;
}

/* The bar, what is said beside it, the button that stops it. */
function showBar(form, stop) {
	const words = form.dataset;
	const box = element("div", "uploading card", "");
	const bar = element("progress", "", "");
	const shown = element("p", "meta", "");
	const said = element("p", "aside", "");
	const button = element("button", "button quiet", words.uploadStop);
	let saidAt = 0;

	bar.max = 1;
	bar.value = 0;
	bar.setAttribute("aria-label", words.uploadLabel);
	shown.setAttribute("aria-hidden", "true");
	said.setAttribute("role", "status");
	button.type = "button";
	button.addEventListener("click", stop);
	box.append(bar, shown, said, button);
	form.querySelector(".bar-acts").before(box);
	box.scrollIntoView({ block: "nearest" });
	button.focus();

	function say(text, isNew) {
		shown.textContent = text;
		if (isNew || Date.now() - saidAt > NEWS_MS) {
			said.textContent = text;
			saidAt = Date.now();
		}
	}
	return {
		sent(done, all) {
			bar.value = done / all;
			say(words.uploadSending
			    .replace("%1", size(done, words.uploadUnits))
			    .replace("%2", size(all, words.uploadUnits)),
			    done === 0);
		},
		checking() {
			bar.removeAttribute("value");
			say(words.uploadChecking, true);
		},
		remove() {
			box.remove();
		},
	};
}

/* In place of what was said before; first thing to be read. */
function complain(form, text) {
	const old = form.querySelector(".upload-failed");
	const box = element("div", "errors upload-failed", "");

	old?.remove();
	box.setAttribute("role", "alert");
	box.tabIndex = -1;
	box.append(element("p", "", text));
	form.querySelector(".bar-acts").before(box);
	box.focus();
	/* What was typed is still to be lost: leaving asks again. */
	form.dispatchEvent(new Event("input"));
}

/*
 * The form as the portal sent it back.  The file that was chosen is still
 * here, unlike in a page that the browser made: it stays chosen unless it is
 * what was wrong.
 */
function replacePage(answer, chosen) {
	const main = document.adoptNode(answer.querySelector("main"));
	const again = main.querySelector("#file-again");
	const field = main.querySelector("input[type=file]");

	document.title = answer.title;
	document.querySelector("main").replaceWith(main);
	if (field !== null && main.querySelector("#file-error") === null) {
		field.files = chosen;
		again?.remove();
	}
	startPage(main);
	startUploads(main);
	window.scrollTo(0, 0);
}

/* What a page says that is neither, such as that one must sign in again. */
function failureOf(answer) {
	const said = answer?.querySelectorAll("main h1, main .lead") ?? [];

	return said.length > 0 ?
	    [...said].map((e) => e.textContent.trim()).join(". ") : null;
}

/* The next page, or this one again. */
function finish(form, request, chosen) {
	const answer = request.response;

	if (request.status === 200 && request.responseURL !== form.action)
		window.location.assign(request.responseURL);
	else if (request.status === 413)
		complain(form, form.dataset.uploadLarge);
	else if (answer?.querySelector("main form[data-upload]"))
		replacePage(answer, chosen);
	else
		complain(form, failureOf(answer) ?? form.dataset.uploadFailed);
}

function send(form, input) {
	const request = new XMLHttpRequest();
	const chosen = input.files;
	const buttons = form.querySelectorAll(".bar-acts button");
	const bar = showBar(form, () => request.abort());
	const done = (then) => () => {
		bar.remove();
		for (const button of buttons)
			button.disabled = false;
		then();
	};

	for (const button of buttons)
		button.disabled = true;
	request.open("POST", form.action);
	request.responseType = "document";
	request.upload.addEventListener("progress",
	    (event) => bar.sent(event.loaded, event.total));
	request.upload.addEventListener("load", () => bar.checking());
	request.addEventListener("load",
	    done(() => finish(form, request, chosen)));
	request.addEventListener("error",
	    done(() => complain(form, form.dataset.uploadBroken)));
	request.addEventListener("abort",
	    done(() => complain(form, form.dataset.uploadStopped)));
	bar.sent(0, input.files[0].size);
	request.send(new FormData(form));
}

function startUpload(form) {
	const input = form.querySelector(`#${form.dataset.upload}`);

	form.addEventListener("submit", (event) => {
		if (input.files.length === 0)
			return;
		event.preventDefault();
		form.querySelector(".upload-failed")?.remove();
		if (input.files[0].size > Number(form.dataset.uploadMax))
			complain(form, form.dataset.uploadLarge);
		else
			send(form, input);
	});
}

function startUploads(root) {
	root.querySelectorAll("form[data-upload]").forEach(startUpload);
}

startUploads(document);
