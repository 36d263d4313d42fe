export interface Example {
  code: string
  /** What the README shows it to print, where it shows that. */
  output: string | undefined
  /** What it needs beyond Node, from a comment such as `<!-- example: gpu reference -->`. */
  needs: string[]
}

/** The first ```ts block of a README; a ```text block right after it is its output. */
export function extractExample(markdown: string): Example | undefined {
  const block = /^```ts\n(.*?)^```$(?:\s*^```text\n(.*?)^```$)?/ms.exec(markdown)
  if (block?.[1] === undefined) return undefined
  const needs = /<!--\s*example:\s*([^>]*?)\s*-->/.exec(markdown)?.[1]?.split(/[\s,]+/) ?? []
  return { code: block[1], output: block[2], needs }
}
