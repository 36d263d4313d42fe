import type { CodePointRange } from "./code-point-range.ts"
import { complement } from "./complement.ts"

/** A regular expression, read. */
export type PatternNode =
  | { readonly kind: "characters"; readonly ranges: readonly CodePointRange[] }
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly options: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly item: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: "start" | "end" }

const digits: readonly CodePointRange[] = [[0x30, 0x39]]
const wordCharacters: readonly CodePointRange[] = [...digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]]
const lineEnds: readonly CodePointRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]
const spaces: readonly CodePointRange[] = [
  ...([
    [0x09, 0x0d],
    [0x20, 0x20],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
  ] as const),
  ...([
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
    [0xfeff, 0xfeff],
  ] as const),
]
const classes: Readonly<Record<string, readonly CodePointRange[]>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
}
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 }

/**
 * Reads a regular expression of ECMAScript, as far as it describes texts without looking around. Errors: a plain Error that
 * says what is not supported.
 */
export class PatternReader {
  readonly #characters: readonly string[]
  #at = 0

  constructor(pattern: string) {
    this.#characters = [...pattern]
  }

  read(): PatternNode {
    const node = this.#choice()
    if (this.#at < this.#characters.length) throw new Error(`has ${this.#next()} without its opening`)
    return node
  }

  #choice(): PatternNode {
    const options = [this.#sequence()]
    while (this.#skip("|")) options.push(this.#sequence())
    return options.length === 1 ? options[0]! : { kind: "choice", options }
  }

  #sequence(): PatternNode {
    const items: PatternNode[] = []
    while (this.#at < this.#characters.length && !this.#sees("|") && !this.#sees(")")) items.push(this.#repeated())
    return { kind: "sequence", items }
  }

  #repeated(): PatternNode {
    const item = this.#atom()
    const bounds = this.#bounds()
    if (!bounds) return item
    // A lazy quantifier matches the same texts.
    this.#skip("?")
    if (item.kind === "start" || item.kind === "end") throw new Error("repeats an anchor")
    return { kind: "repeat", item, ...bounds }
  }

  #bounds(): { min: number; max: number } | undefined {
    if (this.#skip("*")) return { min: 0, max: Number.POSITIVE_INFINITY }
    if (this.#skip("+")) return { min: 1, max: Number.POSITIVE_INFINITY }
    if (this.#skip("?")) return { min: 0, max: 1 }
    const counted = /^\{(\d+)(,?)(\d*)\}/.exec(this.#characters.slice(this.#at, this.#at + 24).join(""))
    if (!counted) return undefined
    this.#at += counted[0].length
    const min = Number(counted[1])
    const max = counted[2] === "" ? min : counted[3] === "" ? Number.POSITIVE_INFINITY : Number(counted[3])
    if (max < min) throw new Error(`repeats ${counted[0]}`)
    return { min, max }
  }

  #atom(): PatternNode {
    const character = this.#next()
    switch (character) {
      case "^":
        return { kind: "start" }
      case "$":
        return { kind: "end" }
      case ".":
        return { kind: "characters", ranges: complement(lineEnds) }
      case "(":
        return this.#group()
      case "[":
        return { kind: "characters", ranges: this.#class() }
      case "\\":
        return { kind: "characters", ranges: this.#escape() }
      case "*":
      case "+":
      case "?":
        throw new Error(`has ${character} with nothing to repeat`)
      default:
        return { kind: "characters", ranges: [one(character)] }
    }
  }

  #group(): PatternNode {
    if (this.#skip("?")) {
      const kind = this.#next()
      if (kind === "<" && !this.#sees("=") && !this.#sees("!")) while (this.#next() !== ">");
      else if (kind !== ":") throw new Error(`looks around, (?${kind}`)
    }
    const node = this.#choice()
    if (!this.#skip(")")) throw new Error("has a group without end")
    return node
  }

  #class(): readonly CodePointRange[] {
    const isNegated = this.#skip("^")
    const ranges: CodePointRange[] = []
    while (!this.#skip("]")) {
      const first = this.#classMember()
      const isRange = this.#sees("-") && this.#characters[this.#at + 1] !== "]"
      if (!isRange || first.length !== 1 || first[0]![0] !== first[0]![1]) {
        ranges.push(...first)
        continue
      }
      this.#next()
      const last = this.#classMember()
      const [from, to] = [first[0]![0], last[0]![1]]
      if (last.length !== 1 || to < from) throw new Error("has a range of characters that is none")
      ranges.push([from, to])
    }
    return isNegated ? complement(ranges) : ranges
  }

  #classMember(): readonly CodePointRange[] {
    const character = this.#next()
    if (character !== "\\") return [one(character)]
    if (this.#skip("b")) return [[8, 8]]
    return this.#escape()
  }

  #escape(): readonly CodePointRange[] {
    const character = this.#next()
    const known = Object.hasOwn(classes, character) ? classes[character] : undefined
    if (known) return known
    if (Object.hasOwn(controls, character)) return [[controls[character]!, controls[character]!]]
    if (character === "x") return [this.#code(2)]
    if (character === "u") return [this.#skip("{") ? this.#code(6, "}") : this.#code(4)]
    if (/[a-zA-Z1-9]/.test(character)) throw new Error(`has \\${character}`)
    return [one(character)]
  }

  #code(most: number, end?: string): CodePointRange {
    let text = ""
    while (text.length < most && /^[0-9a-fA-F]$/.test(this.#characters[this.#at] ?? "")) text += this.#next()
    const isComplete = end === undefined ? text.length === most : text !== "" && this.#skip(end)
    const code = Number.parseInt(text, 16)
    if (!isComplete || code > 0x10ffff) throw new Error("has an escape of a character that is none")
    return [code, code]
  }

  #sees(character: string): boolean {
    return this.#characters[this.#at] === character
  }

  #skip(character: string): boolean {
    if (!this.#sees(character)) return false
    this.#at++
    return true
  }

  #next(): string {
    const character = this.#characters[this.#at++]
    if (character === undefined) throw new Error("ends too early")
    return character
  }
}

function one(character: string): CodePointRange {
  const code = character.codePointAt(0)!
  return [code, code]
}
