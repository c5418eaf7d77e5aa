/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line for each test, what failed in full, and the sum at the end.  Of a
 * group only what is in it counts.
 */
const marks = { pass: "ok  ", fail: "FAIL", skip: "skip" };

function outcome({ type, data }) {
	if (data.skip !== undefined && data.skip !== false)
		return "skip";
	return type === "test:pass" ? "pass" : "fail";
}

function reason(data) {
	const error = data.details.error;
	const cause = error?.cause ?? error;
	const text = cause?.stack ?? cause?.message ?? String(cause);

	return text.split("\n").map((line) => `      ${line}\n`).join("");
}

export default async function* report(events) {
	const counts = { pass: 0, fail: 0, skip: 0 };
	const hasInside = []; /* by depth: a test with others in it has ended */

	for await (const event of events) {
		const { type, data } = event;

		if (type !== "test:pass" && type !== "test:fail")
			continue;
		const isGroup = hasInside[data.nesting + 1];
		const isOwnFault =
		    data.details.error?.failureType !== "subtestsFailed";

		hasInside[data.nesting] = true;
		hasInside[data.nesting + 1] = false;
		if (isGroup && (type === "test:pass" || !isOwnFault))
			continue;
		const what = outcome(event);
		const ms = Math.round(data.details.duration_ms);
		const why = typeof data.skip === "string" ?
		    `: ${data.skip}` : "";

		counts[what]++;
		yield `${marks[what]}  ${data.name}${why} (${ms} ms)\n`;
		if (what === "fail")
			yield reason(data);
	}
	if (counts.skip > 0)
		yield `${counts.skip} skipped\n`;
	yield `${counts.pass} passed, ${counts.fail} failed\n`;
}
