import type { JSX } from "preact"
import { CopyButton } from "../components/copy-button.tsx"

export function CodeBlock({ text, language }: { text: string; language: string }): JSX.Element {
  const name = language.split(/\s/, 1)[0] || "code"
  return (
    <figure class="code">
      <figcaption>
        <span>{name}</span>
        <CopyButton text={text} label="Copy code" />
      </figcaption>
      <pre>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
