import { AnswerOutput } from "./output/answer-output.ts"
import { runChat } from "./run-chat.ts"

const output = new AnswerOutput(process.stdout)
const exitCode = await runChat(process.argv.slice(2), output)
await output.flush()
// The GPU's own threads would keep the process alive.
process.exit(exitCode)
