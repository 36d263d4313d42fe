import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "tsup"
import { pageBuild } from "../../../tools/build/tsup.ts"

const web = fileURLToPath(new URL("../../../apps/chat/web/", import.meta.url))

let built: Promise<string> | undefined

/** The chat's page as `npm start` builds it, in a temporary folder, once for all tests of a file. */
export function buildPage(): Promise<string> {
  built ??= buildInto(mkdtemp(join(tmpdir(), "llava-page-")))
  return built
}

async function buildInto(made: Promise<string>): Promise<string> {
  const outDir = await made
  const options = pageBuild({ app: `${web}src/main.tsx`, style: `${web}styles/app.css`, files: `${web}public` })
  await build({ ...options, outDir, config: false, silent: true })
  return outDir
}
