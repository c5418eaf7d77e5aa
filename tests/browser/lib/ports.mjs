/* SPDX-License-Identifier: Apache-2.0 */
/* Prints as many free ports as asked for, all held until all are known. */
import { createServer } from "node:net";

const count = Number(process.argv[2] ?? 1);
const servers = await Promise.all(Array.from({ length: count }, () =>
	new Promise((resolve, reject) => {
		const server = createServer();

		server.on("error", reject);
		server.listen(0, "127.0.0.1", () => resolve(server));
	})));

console.log(servers.map((server) => server.address().port).join(" "));
for (const server of servers)
	server.close();
