/** A line typed in a conversation: a message, or one of the commands. */
export type ConversationInput =
  | { kind: "message"; text: string }
  | { kind: "image"; path: string }
  | { kind: "reset" }
  | { kind: "help" }
  | { kind: "quit" }
  | { kind: "unknown"; command: string }

/** A first word like `/word` is a command; `/usr/bin?` and ` /help` (with a space before) are messages. */
export function parseInput(line: string): ConversationInput {
  const match = /^\/([a-z]*)(?:\s+(.*))?$/i.exec(line.trimEnd())
  if (!match) return { kind: "message", text: line.trim() }
  const [, name = "", rest = ""] = match
  switch (name.toLowerCase()) {
    case "image":
      return { kind: "image", path: unquote(rest.trim()) }
    case "reset":
      return { kind: "reset" }
    case "help":
      return { kind: "help" }
    case "quit":
    case "exit":
      return { kind: "quit" }
    default:
      return { kind: "unknown", command: `/${name}` }
  }
}

/** A path as terminals insert it when a file is dropped on them: in quotes, or with spaces escaped. */
function unquote(path: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(path)
  if (quoted) return quoted[2]!
  return process.platform === "win32" ? path : path.replace(/\\([\s\\'"()&])/g, "$1")
}
