import { stringCharacter } from "../json/string-character.ts"
import { choice } from "../machine/choice.ts"
import type { Expression } from "../machine/expression.ts"
import { sequence } from "../machine/sequence.ts"
import { jsonCharacter } from "./json-character.ts"
import { type PatternNode, PatternReader } from "./pattern-reader.ts"

const anything: Expression = { kind: "repeat", item: stringCharacter, min: 0, max: Number.POSITIVE_INFINITY }

/**
 * JSON strings in which a regular expression of ECMAScript finds something: what stands before and after is free unless it
 * is anchored. Errors: a plain Error that says what is not supported.
 */
export function patternExpression(pattern: string): Expression {
  const node = new PatternReader(pattern).read()
  const options = node.kind === "choice" ? node.options : [node]
  return sequence('"', choice(...options.map(found)), '"')
}

/** One way to find it, with what may stand around. */
function found(node: PatternNode): Expression {
  const items = node.kind === "sequence" ? [...node.items] : [node]
  const isStart = items[0]?.kind === "start"
  if (isStart) items.shift()
  const isEnd = items.at(-1)?.kind === "end"
  if (isEnd) items.pop()
  return sequence(...(isStart ? [] : [anything]), ...items.map(expressionOf), ...(isEnd ? [] : [anything]))
}

function expressionOf(node: PatternNode): Expression {
  switch (node.kind) {
    case "characters":
      return jsonCharacter(node.ranges)
    case "sequence":
      return sequence(...node.items.map(expressionOf))
    case "choice":
      return choice(...node.options.map(expressionOf))
    case "repeat":
      return { kind: "repeat", item: expressionOf(node.item), min: node.min, max: node.max }
    default:
      throw new Error("has an anchor inside")
  }
}
