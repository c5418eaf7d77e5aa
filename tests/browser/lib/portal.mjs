/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The portals under test, as their operator sees them: addresses, the console
 * program, who there is and how they sign in.
 */
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

function needed(name) {
	const value = process.env[name];

	if (!value)
		throw new Error(`${name} is not set: start tests/browser/run`);
	return value;
}

/* One running stack: its address, run directory and people. */
export class Portal {
	constructor(url, dir) {
		this.url = url;
		this.dir = dir;
		this.people = new Map();
		this.sessions = new Map(); /* who:lang -> state of a browser */
	}

	/* What accounts.txt says: e-mail, password, secret, organisation. */
	readAccounts() {
		const text = readFileSync(`${this.dir}/accounts.txt`, "utf8");

		for (const line of text.split("\n")) {
			const [email, password, secret, organisation] =
			    line.split("\t");

			if (organisation)
				this.people.set(email, new Person(
				    { email, password, secret, organisation }));
		}
		return this;
	}

	person(email) {
		const person = this.people.get(email);

		if (person === undefined)
			throw new Error(`accounts.txt has no ${email}`);
		return person;
	}

	/* ententectl with --json; what it printed, as an object. */
	async ctl(...args) {
		const { stdout } = await run(
		    `${needed("BUILD")}/bin/ententectl`, ["--json", ...args], {
			env: { ...process.env,
				ENTENTE_CONF: `${this.dir}/entente.conf` },
		});

		return JSON.parse(stdout);
	}
}

/* RFC 4648 §6, without padding. */
function base32(text) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	const bytes = [];
	let acc = 0, bits = 0;

	for (const c of text.replaceAll(" ", "")) {
		acc = (acc << 5 | alphabet.indexOf(c)) & 0xfff;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			bytes.push(acc >> bits & 0xff);
		}
	}
	return Buffer.from(bytes);
}

/* RFC 4226 §5.3 for a step of RFC 6238: SHA-1, six digits. */
function codeAt(secret, step) {
	const counter = Buffer.alloc(8);

	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac("sha1", base32(secret)).update(counter).digest();
	const number = mac.readUInt32BE(mac[19] & 0xf) & 0x7fffffff;

	return String(number % 1000000).padStart(6, "0");
}

/* Somebody with an authenticator. */
export class Person {
	constructor({ email, password, secret, organisation }) {
		Object.assign(this, { email, password, secret, organisation });
		this.usedStep = 0;
	}

	/*
	 * A code that was not used before.  The step before the present one and
	 * the one after it are taken too, so three come at once; the fourth has
	 * to wait, as a person would.
	 */
	async code() {
		for (;;) {
			const now = Math.floor(Date.now() / 30000);
			// Ten seconds from now it must still be taken: it has
			// to be typed and sent first.
			const soon = Math.floor((Date.now() + 10000) / 30000);
			const step = Math.max(soon - 1, this.usedStep + 1);

			if (step <= now + 1) {
				this.usedStep = step;
				return codeAt(this.secret, step);
			}
			await new Promise((wake) => setTimeout(wake, 250));
		}
	}
}

export const portal =
    new Portal(needed("PORTAL_URL"), needed("PORTAL_DIR")).readAccounts();

/* Another one, in which nothing has happened yet. */
export const emptyPortal =
    new Portal(needed("EMPTY_URL"), needed("EMPTY_DIR"));
