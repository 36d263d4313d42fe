import { PickleProblem } from "./pickle-problem.ts"

const simpleEscapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\", "'": "'", '"': '"' }

/** The text of protocol 0's STRING: a Python literal in quotes. */
export function quotedString(line: string): string {
  const [, , body] = /^(['"])(.*)\1$/s.exec(line) ?? []
  if (body === undefined) throw new PickleProblem("a string has no quotes")
  return body.replace(/\\(?:x([0-9a-f]{2})|(.))/gi, (_, code: string | undefined, character: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : (simpleEscapes[character] ?? `\\${character}`),
  )
}

/** The text of protocol 0's UNICODE: only \u and \U are escapes. */
export function rawUnicodeString(line: string): string {
  return line.replace(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8}))/g, (_, short: string | undefined, long: string) => {
    const code = Number.parseInt(short ?? long, 16)
    if (code > 0x10ffff) throw new PickleProblem("a string holds what is not a character")
    return String.fromCodePoint(code)
  })
}
