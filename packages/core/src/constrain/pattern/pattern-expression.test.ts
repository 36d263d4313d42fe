import { expect, test } from "vitest"
import { GrammarMachine, type MachineState } from "../machine/grammar-machine.ts"
import { patternExpression } from "./pattern-expression.ts"

/** Whether the machine takes the JSON of a text. */
function takes(pattern: string, text: string): boolean {
  const machine = new GrammarMachine(patternExpression(pattern))
  let state: MachineState | null = machine.start
  for (const byte of new TextEncoder().encode(JSON.stringify(text))) state = state && machine.step(state, byte)
  return state?.mayEnd === true
}

const texts = [
  ...["", "a", "b", "ab", "abc", "aab", "abab", "ba", "xabx", "12", "1234", "12-34", "a1_Z", " ", "a b", "\n", "a\nb"],
  ...[
    "é",
    "ä-ö",
    "𝄞",
    "€",
    '"',
    "\\",
    'say "hi"',
    "\t",
    "2024-02-29",
    "2023-02-29",
    "2023-12-31",
    "中文",
    "\u2028",
    "^",
    "$",
  ],
  ...["\u0000", "\u007f", "\u0080", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"],
]

// The truth is what the regular expression itself finds.
test.each([
  ...["^a$", "a", "^a", "b$", "^(ab)+$", "^(?:a|b)*$", "^a?b{1,2}$", "^[a-c]{2,3}$", "^a|b$", "^$", "", "^.$", "^.*$"],
  ...[
    "^[^a]$",
    "^\\d{2,}$",
    "^\\w+$",
    "^\\W$",
    "^\\s$",
    "^\\S+$",
    "^[\\w-]+$",
    "^[é-ü]$",
    "^[\\u0000-\\u007f]*$",
    "^\\x61$",
  ],
  ...[
    "^\\u{1d11e}$",
    '^"$',
    '["\\\\]',
    "^[^\\d\\s]+$",
    "^a+?b$",
    "^(?<name>ab)c$",
    "^[-a]$",
    "^[a\\-b]$",
    "^\\.$",
    "^[$^]$",
  ],
  ...[
    "^\\t$",
    "^[\\s\\S]$",
    "^[^]$".replace("[^]", "[\\u0000-\\u{10ffff}]"),
    "^{$".replace("{", "\\{"),
    "^(a(b(c)?)?)?$",
  ],
  "^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))$",
])("%s finds what it finds", (pattern) => {
  for (const text of texts) expect(takes(pattern, text), text).toBe(new RegExp(pattern, "u").test(text))
})

test.each([
  "(?=a)b",
  "(?!a)",
  "(?<=a)b",
  "\\bword",
  "(a)\\1",
  "\\p{L}",
  "a^b",
  "(^a)",
  "a(",
  "a)",
  "[a",
  "*a",
  "[b-a]",
  "a{3,2}",
  "\\u12",
])("%s is refused", (pattern) => {
  expect(() => patternExpression(pattern)).toThrow()
})
