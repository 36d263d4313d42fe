/**
 * @typedef {object} Command
 * @property {import("./install.mjs").Scope} scope what must be installed
 * @property {string} program the script to run, relative to the repository
 * @property {readonly string[]} [args] its arguments before the user's
 * @property {boolean} [builds] whether the chat's JavaScript is built before; else TypeScript runs from its source
 * @property {boolean} [findsAdapter] whether the program looks for the adapter itself
 * @property {(args: readonly string[]) => boolean} [usesAdapter] whether it needs one with these arguments; default always
 * @property {"caller" | "root"} folder where it runs: where the user typed the command, or the repository's root
 */

/** @type {Readonly<Record<string, Command | undefined>>} */
export const commands = {
  start: { scope: "chat", builds: true, program: "apps/chat/dist/main.js", folder: "caller" },
  test: { scope: "all", program: "tools/bootstrap/test/run-tests.mjs", folder: "root" },
  "test:all": { scope: "all", program: "tools/bootstrap/test/run-tests.mjs", args: ["--long"], folder: "root" },
  doctor: { scope: "gpu", findsAdapter: true, program: "tools/bootstrap/doctor/doctor.mjs", folder: "root" },
  parity: { scope: "all", program: "tests/parity/main.ts", folder: "caller" },
  eval: {
    scope: "all",
    // Scoring needs none, nor does a judge behind an endpoint.
    usesAdapter: (args) =>
      /^(run|ablate|data-mixes|zero-shot|clip-score)$/.test(args[0] ?? "") ||
      /(^| )--(judge|teacher)[ =]local:/.test(args.join(" ")),
    program: "apps/eval/src/main.ts",
    folder: "caller",
  },
  scienceqa: {
    scope: "all",
    usesAdapter: (args) =>
      /^(train|predict)$/.test(args[0] ?? "") || /(^| )--text-model[ =]local:/.test(args.join(" ")),
    program: "apps/scienceqa/src/main.ts",
    folder: "caller",
  },
  datagen: {
    scope: "all",
    // Only a teacher in this process computes; an endpoint and everything else need no adapter.
    usesAdapter: (args) => /(^| )--teacher[ =]local( |$)/.test(args.join(" ")),
    program: "packages/datagen/src/main.ts",
    folder: "caller",
  },
  train: { scope: "all", program: "apps/trainer/src/main.ts", folder: "caller" },
  scenes: { scope: "all", usesAdapter: () => false, program: "packages/scenes/src/main.ts", folder: "caller" },
  bench: { scope: "bench", program: "tests/bench/main.ts", folder: "caller" },
}
