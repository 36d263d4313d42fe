import { runEval } from "./run-eval.ts"

const exitCode = await runEval(process.argv.slice(2))
// The GPU's own threads would keep the process alive.
process.exit(exitCode)
