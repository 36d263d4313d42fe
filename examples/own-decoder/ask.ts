import { parseArgs } from "node:util"
import { openModel } from "@llava/hub"
import part from "./index.ts"

const { positionals } = parseArgs({ allowPositionals: true })
const [folder, image, question = "What is in this picture?"] = positionals
if (folder === undefined || image === undefined)
  throw new Error("Usage: npm run ask -- MODEL_FOLDER PICTURE [QUESTION]")

await using model = await openModel(folder, { parts: [part] })
const content = [{ type: "image", image } as const, { type: "text", text: question } as const]
for await (const piece of model.generate({ messages: [{ role: "user", content }] })) process.stdout.write(piece.text)
process.stdout.write("\n")
