#!/usr/bin/env node
import { processTerminal } from "./command-line/process-terminal.ts"
import { runScenes } from "./command-line/run-scenes.ts"

const terminal = processTerminal()
await runScenes(process.argv.slice(2), terminal)
process.exitCode = terminal.exitCode
