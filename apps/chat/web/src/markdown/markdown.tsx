import { lexer, type Token, type Tokens } from "marked"
import type { ComponentChildren, JSX } from "preact"
import { useMemo } from "preact/hooks"
import { CodeBlock } from "./code-block.tsx"
import { decodeEntities } from "./decode-entities.ts"
import { safeLink } from "./safe-link.ts"

/**
 * Markdown (GitHub's flavour) as elements. HTML in it is shown as text, pictures as links: a model's answer never becomes
 * markup, and nothing is fetched because of it.
 */
export function Markdown({ text }: { text: string }): JSX.Element {
  const tokens = useMemo(() => lexer(text, { gfm: true, breaks: true }), [text])
  return <div class="markdown">{tokens.map(block)}</div>
}

function block(token: Token, key: number): ComponentChildren {
  switch (token.type) {
    case "space":
    case "def":
      return null
    case "heading": {
      // The page has headings above these.
      const Heading = `h${Math.min(6, token["depth"] + 2)}` as "h3"
      return <Heading key={key}>{inlines(token.tokens)}</Heading>
    }
    case "paragraph":
      return <p key={key}>{inlines(token.tokens)}</p>
    case "code":
      return <CodeBlock key={key} text={token["text"]} language={token["lang"] ?? ""} />
    case "blockquote":
      return <blockquote key={key}>{token.tokens?.map(block)}</blockquote>
    case "hr":
      return <hr key={key} />
    case "list":
      return list(token as Tokens.List, key)
    case "table":
      return table(token as Tokens.Table, key)
    case "text":
      return token.tokens ? inlines(token.tokens) : decodeEntities(token["text"])
    default:
      return token.raw
  }
}

function list({ ordered, start, items }: Tokens.List, key: number): JSX.Element {
  const entries = items.map((item, index) => (
    <li key={index}>
      {item.task && <input type="checkbox" checked={item.checked === true} disabled aria-label="task" />}
      {item.tokens.filter(({ type }) => type !== "checkbox").map(block)}
    </li>
  ))
  return ordered ? (
    <ol key={key} start={start === "" ? 1 : start}>
      {entries}
    </ol>
  ) : (
    <ul key={key}>{entries}</ul>
  )
}

function table({ header, rows }: Tokens.Table, key: number): JSX.Element {
  return (
    <table key={key}>
      <thead>
        <tr>
          {header.map((cell, index) => (
            <th key={index} class={cell.align ?? ""}>
              {inlines(cell.tokens)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column} class={cell.align ?? ""}>
                {inlines(cell.tokens)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function inlines(tokens: readonly Token[] | undefined): ComponentChildren {
  return tokens?.map(inline)
}

function inline(token: Token, key: number): ComponentChildren {
  switch (token.type) {
    case "text":
      return token.tokens ? inlines(token.tokens) : decodeEntities(token["text"])
    case "escape":
      return token["text"]
    case "strong":
      return <strong key={key}>{inlines(token.tokens)}</strong>
    case "em":
      return <em key={key}>{inlines(token.tokens)}</em>
    case "del":
      return <del key={key}>{inlines(token.tokens)}</del>
    case "codespan":
      return <code key={key}>{token["text"]}</code>
    case "br":
      return <br key={key} />
    case "link":
      return link(token["href"], inlines(token.tokens), key)
    case "image":
      return link(token["href"], token["text"] || "picture", key)
    default:
      return token.raw
  }
}

function link(address: string, content: ComponentChildren, key: number): ComponentChildren {
  const href = safeLink(address)
  if (href === undefined) return content
  return (
    <a key={key} href={href} target="_blank" rel="noopener noreferrer">
      {content}
    </a>
  )
}
