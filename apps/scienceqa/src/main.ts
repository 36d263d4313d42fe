import { runScienceQA } from "./run-science-qa.ts"

const exitCode = await runScienceQA(process.argv.slice(2))
// The GPU's own threads would keep the process alive.
process.exit(exitCode)
