/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints as many free ports as asked for, all held until all are known; below
 * those that the kernel gives away, or another suite may get one meanwhile.
 */
import { createServer } from "node:net";

const LEAST = 20000, MOST = 32000;

function hold(port) {
	return new Promise((resolve) => {
		const server = createServer();

		server.on("error", () => resolve(null));
		server.listen(port, "127.0.0.1", () => resolve(server));
	});
}

const count = Number(process.argv[2] ?? 1);
const servers = [];

while (servers.length < count) {
	const server = await hold(
	    LEAST + Math.floor(Math.random() * (MOST - LEAST)));

	if (server !== null)
		servers.push(server);
}
console.log(servers.map((server) => server.address().port).join(" "));
for (const server of servers)
	server.close();
