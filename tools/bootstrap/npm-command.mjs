import { basename } from "node:path"

/** The npm that started us, else the one on the PATH: it knows the user's registry and proxy. */
export function npmCommand() {
  const started = process.env["npm_execpath"]
  if (started !== undefined && basename(started) === "npm-cli.js") return [process.execPath, started]
  return [process.platform === "win32" ? "npm.cmd" : "npm"]
}
