import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { basename, join, resolve } from "node:path"
import { DatasetError } from "@llava/core"
import { z } from "zod"
import { DatagenError } from "../datagen-error.ts"
import { checkFormat } from "../reply/check-format.ts"
import type { Kind, KindExample } from "./kind.ts"

const settingsSchema = z.strictObject({
  share: z.coerce.number().positive().default(1),
  boxes: z.enum(["required", "optional", "none"]).optional(),
  turns: z
    .string()
    .regex(/^[1-9]\d*(-[1-9]\d*)?$/, "must be a number or a range such as 3-8")
    .default("1"),
})
const boxLine = /^[^:]+: \[[\d., ]+\]$/

/**
 * A kind from its folder: `system.txt`, at least one `example-*.txt` (what the user gives, a line `---`, the reply), and
 * where wanted `user.txt` (the layout), `questions.txt` (one per line; then replies are answers alone) and `kind.txt`
 * (lines `share: 20`, `turns: 1-4`, `boxes: required`).
 *
 * @throws DatagenError `kind-not-found`; DatasetError `kind-invalid` with the file, also for an example whose reply does
 * not have the kind's own format.
 */
export async function readKind(folder: string): Promise<Kind> {
  if (!existsSync(join(folder, "system.txt"))) {
    throw new DatagenError(`${folder} is no kind of instruction data: it has no system.txt.`, {
      code: "kind-not-found",
      fix: "Name one that comes with the package (conversation, detail, complex, counting), or a folder of your own.",
    })
  }
  const files = (await readdir(folder)).filter((name) => name.endsWith(".txt")).sort()
  const texts = new Map(await Promise.all(files.map(async (name) => [name, await read(join(folder, name))] as const)))
  const layout = texts.get("user.txt") ?? "{captions}\n\n{boxes}"
  const settings = readSettings(texts.get("kind.txt") ?? "", join(folder, "kind.txt"))
  const boxes = layout.includes("{boxes}") ? (settings.boxes ?? "optional") : "none"
  const [minimum = 1, maximum = minimum] = settings.turns.split("-").map(Number)
  const questions = texts.get("questions.txt")?.split("\n").filter(Boolean)
  const kind: Kind = {
    name: basename(resolve(folder)),
    share: settings.share,
    boxes,
    turns: { minimum, maximum },
    system: texts.get("system.txt")!,
    layout,
    ...(questions && { questions }),
    examples: [],
    hashes: Object.fromEntries([...texts].map(([name, text]) => [name, sha256(text)])),
  }
  const examples = [...texts].filter(([name]) => name.startsWith("example-"))
  return { ...kind, examples: examples.map(([name, text]) => readExample(text, join(folder, name), kind)) }
}

function readSettings(text: string, file: string): z.infer<typeof settingsSchema> {
  const entries = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.split(/:(.*)/s).map((part) => part.trim()))
  const result = settingsSchema.safeParse(Object.fromEntries(entries))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw invalid(`${issue?.path.map(String).join(".")}: ${issue?.message}`, file, "It has lines such as `share: 20`.")
}

function readExample(text: string, file: string, kind: Kind): KindExample {
  const [given, reply] = text.split(/^---$/m).map((part) => part.trim())
  const fix = "An example is captions, boxes, a line --- and the reply."
  if (!given || !reply) throw invalid("The example has no line --- with text before and after it", file, fix)
  const lines = given.split("\n").filter((line) => line.trim() !== "")
  const { problems } = checkFormat({ text: reply, finishReason: "stop" }, kind)
  const problem = problems[0]
  if (problem) throw invalid(`The example's own reply is not as it has to be: ${problem.message}`, file, fix)
  return {
    captions: lines.filter((line) => !boxLine.test(line)),
    boxes: lines.filter((line) => boxLine.test(line)),
    reply,
  }
}

async function read(file: string): Promise<string> {
  const text = new TextDecoder("utf-8", { fatal: true })
  try {
    return text
      .decode(await readFile(file))
      .replaceAll("\r\n", "\n")
      .trim()
  } catch (cause) {
    throw invalid("The file cannot be read as UTF-8", file, "Save it as UTF-8.", cause)
  }
}

function invalid(message: string, file: string, fix: string, cause?: unknown): DatasetError {
  return new DatasetError(`${message}.`, { code: "kind-invalid", file, fix, cause })
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
