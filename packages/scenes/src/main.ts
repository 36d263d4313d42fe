#!/usr/bin/env node
import { runScenes } from "./command-line/run-scenes.ts"

const { env, stdout, stderr } = process
const interruption = new AbortController()
// The second Ctrl-C ends the process.
process.once("SIGINT", () => interruption.abort(new Error("Interrupted.")))
process.exitCode = await runScenes(process.argv.slice(2), { env, stdout, stderr, signal: interruption.signal })
