import { Refusal } from "./refusal.mjs"

/** @typedef {"hardware" | "lavapipe" | "swiftshader"} AdapterChoice */

/** @type {readonly AdapterChoice[]} */
const choices = ["hardware", "lavapipe", "swiftshader"]

/**
 * Takes the bootstrap's own option, `--adapter`, out of the arguments; everything else belongs to the program. The flag
 * wins over LLAVA_ADAPTER. Nothing after a lone `--` is looked at.
 *
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export function readOptions(argv, environment) {
  const args = []
  /** @type {string | undefined} */
  let flag
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? ""
    if (arg === "--") {
      args.push(...argv.slice(i))
      break
    }
    if (arg === "--adapter") flag = argv[++i] ?? ""
    else if (arg.startsWith("--adapter=")) flag = arg.slice("--adapter=".length)
    else args.push(arg)
  }
  const variable = environment["LLAVA_ADAPTER"] || undefined
  const wanted = flag ?? variable
  const source = flag === undefined ? "LLAVA_ADAPTER" : "--adapter"
  const adapter = choices.find((choice) => choice === wanted)
  if (wanted !== undefined && adapter === undefined) {
    throw new Refusal(`${source} takes ${choices.join(", ")}; got "${wanted}".`)
  }
  return { args, adapter, source }
}
