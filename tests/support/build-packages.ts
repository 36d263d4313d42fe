import { execFile } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const repository = fileURLToPath(new URL("../..", import.meta.url))

/**
 * Brings the `dist` of packages up to date, for tests of what is published. Turbo leaves out what has not changed, so
 * that after `npm test` has built, this takes a moment. `filter` is turbo's: `@llava/hub...` with all it depends on.
 */
export async function buildPackages(task: "build" | "build:js", filter = "./packages/*"): Promise<void> {
  const args = ["run", task, `--filter=${filter}`, "--output-logs=errors-only"]
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" }
  await promisify(execFile)(join(repository, "node_modules/.bin/turbo"), args, { cwd: repository, env })
}
