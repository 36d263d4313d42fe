import { fileURLToPath } from "node:url"
import { parseArgs, styleText } from "node:util"
import { type Device, openDevice } from "@llava/tensor"
import { formatSummary } from "./format-summary.ts"
import { formatTable } from "./format-table.ts"
import { rowFails } from "./row-fails.ts"
import { runParity } from "./run-parity.ts"

const usage = `npm run parity -- [folder ...] [--json] [--strict]

Compares every fixture in the folders (default: tests/fixtures) with this project, one row per check. See docs/parity.md.

  --json     print the rows as JSON
  --strict   also fail on what could not be checked ("asset absent", "not checked")`

const defaultFolder = fileURLToPath(new URL("../fixtures", import.meta.url))

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      strict: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    return
  }
  await using devices = new AsyncDisposableStack()
  const rows = await runParity({
    folders: positionals.length > 0 ? positionals : [defaultFolder],
    openDevice: async () => devices.use<Device>(await openDevice()),
    onFixture: (done) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${done[0]?.fixture ?? ""}`)
    },
  })
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K")
  const failed = rows.some((row) => rowFails(row, values.strict))
  if (values.json) console.log(JSON.stringify(rows, (_, value) => finite(value), 2))
  else {
    const color = process.stdout.isTTY && !process.env["NO_COLOR"]
    console.log(formatTable(rows, color ? (style, text) => styleText(style, text) : (_, text) => text))
    console.log(formatSummary(rows, values.strict))
  }
  process.exitCode = failed ? 1 : 0
}

/** JSON has no infinity: a number that is none becomes text. */
function finite(value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
