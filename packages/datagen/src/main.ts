#!/usr/bin/env node
import { processTerminal } from "./command-line/process-terminal.ts"
import { runDatagen } from "./command-line/run-datagen.ts"

const terminal = processTerminal()
await runDatagen(process.argv.slice(2), terminal)
// A local teacher's GPU has threads of its own, which would keep the process alive.
process.stdout.write("", () => process.exit(terminal.exitCode))
