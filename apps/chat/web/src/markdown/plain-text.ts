import { lexer, type Token, type Tokens } from "marked"
import { decodeEntities } from "./decode-entities.ts"

/** Markdown as text to read without its marks: bullets before items, a line between blocks. */
export function plainText(markdown: string): string {
  return blocks(lexer(markdown, { gfm: true, breaks: true }))
}

function blocks(tokens: readonly Token[]): string {
  return tokens
    .filter(({ type }) => type !== "space" && type !== "def")
    .map(block)
    .join("\n\n")
}

function block(token: Token): string {
  switch (token.type) {
    case "list":
      return list(token as Tokens.List)
    case "table": {
      const { header, rows } = token as Tokens.Table
      return [header, ...rows].map((row) => row.map(({ tokens }) => inlines(tokens)).join("  |  ")).join("\n")
    }
    case "blockquote":
      return blocks(token.tokens ?? [])
    case "code":
      return token["text"]
    case "hr":
      return "———"
    default:
      if ("tokens" in token && token.tokens) return inlines(token.tokens)
      return "text" in token ? decodeEntities(token["text"]) : token.raw
  }
}

function list({ ordered, start, items }: Tokens.List): string {
  return items
    .map((item, index) => {
      const mark = ordered ? `${(start === "" ? 1 : start) + index}.` : "•"
      return `${mark} ${item.tokens.map(block).join("\n").replaceAll("\n", "\n   ")}`
    })
    .join("\n")
}

function inlines(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "br") return "\n"
      if ("tokens" in token && token.tokens) return inlines(token.tokens)
      const text = "text" in token ? String(token["text"]) : token.raw
      return token.type === "text" ? decodeEntities(text) : text
    })
    .join("")
}
