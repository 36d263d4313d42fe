/**
 * Writes LLaVA's JSON of conversations about described pictures, for stage 2 of docs/training.md.
 *
 *     node --conditions=@llava/source tests/demonstration/write-conversations.ts CONTEXTS.jsonl OUTPUT.json
 */
import { readFile, writeFile } from "node:fs/promises"
import { cocoContextSchema, parseConfig } from "@llava/core"
import { makeConversations } from "./make-conversations.ts"

const [input, output] = process.argv.slice(2)
if (input === undefined || output === undefined) throw new Error("Give a file of contexts and one to write.")
const lines = (await readFile(input, "utf8")).split("\n").filter((line) => line.trim() !== "")
const contexts = lines.map((line) => parseConfig(cocoContextSchema, JSON.parse(line), input))
await writeFile(output, `${JSON.stringify(makeConversations(contexts), undefined, 1)}\n`)
