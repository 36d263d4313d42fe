import { fileURLToPath } from "node:url"
import { AnswerOutput } from "./output/answer-output.ts"
import { runChat } from "./run-chat.ts"

// As far from the source as from what is built of it.
const pageFolder = fileURLToPath(new URL("../dist/web", import.meta.url))
const output = new AnswerOutput(process.stdout)
const exitCode = await runChat(process.argv.slice(2), output, pageFolder)
await output.flush()
// The GPU's own threads would keep the process alive.
process.exit(exitCode)
