import { runTrainer } from "./run-trainer.ts"

const exitCode = await runTrainer(process.argv.slice(2))
// The GPU's own threads would keep the process alive.
process.exit(exitCode)
