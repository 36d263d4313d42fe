import open from "open"
import type { ChatOptions } from "../command-line/chat-options.ts"
import { tell } from "../output/tell.ts"
import { parseServe } from "./parse-serve.ts"
import { type Serving, startServing } from "./start-serving.ts"

/**
 * Serves nano, opened as the options say, with the web page beside a chat in the terminal, and shows the page where there
 * is a desktop.
 */
export async function openPage(options: ChatOptions, pageFolder: string): Promise<Serving> {
  // How the terminal draws its answers is no matter of the server's.
  const { temperature: _, part, dtype, offline, verbose, ...others } = options
  const unasked = parseServe([]).options!
  const serving = await startServing({ ...others, ...unasked, part, dtype, offline, verbose }, pageFolder)
  tell(`the web page is ${serving.url}`)
  // A browser that does not open is no reason to end: the address is printed.
  if (hasDesktop()) await open(serving.url).catch(() => undefined)
  return serving
}

function hasDesktop(): boolean {
  if (process.env["SSH_CONNECTION"]) return false
  if (process.platform === "darwin" || process.platform === "win32") return true
  return Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"])
}
