/**
 * @typedef {object} Command
 * @property {import("./install.mjs").Scope} scope what must be installed
 * @property {string} program the script to run, relative to the repository
 * @property {readonly string[]} [args] its arguments before the user's
 * @property {boolean} [builds] whether the chat's JavaScript is built before; else TypeScript runs from its source
 * @property {boolean} [findsAdapter] whether the program looks for the adapter itself
 * @property {"caller" | "root"} folder where it runs: where the user typed the command, or the repository's root
 */

/** @type {Readonly<Record<string, Command | undefined>>} */
export const commands = {
  start: { scope: "chat", builds: true, program: "apps/chat/dist/main.js", folder: "caller" },
  test: { scope: "all", program: "tools/bootstrap/test/run-tests.mjs", folder: "root" },
  "test:all": { scope: "all", program: "tools/bootstrap/test/run-tests.mjs", args: ["--long"], folder: "root" },
  doctor: { scope: "gpu", findsAdapter: true, program: "tools/bootstrap/doctor/doctor.mjs", folder: "root" },
  parity: { scope: "all", program: "tests/parity/main.ts", folder: "caller" },
  bench: { scope: "bench", program: "tests/bench/main.ts", folder: "caller" },
}
