import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { PaletteKind } from "./palette-kind.tsx"
import type { SceneDraft } from "./use-scene-draft.ts"

/** The kinds of things that can be put into the scene. */
export function Palette({ draft }: { draft: SceneDraft }): JSX.Element {
  const [filter, setFilter] = useState("")
  const shown = draft.world.kinds.filter(({ name }) => name.includes(filter.trim().toLowerCase()))
  return (
    <div class="palette">
      <input
        type="search"
        placeholder="Find a thing"
        aria-label="Find a thing"
        value={filter}
        onInput={(event) => setFilter(event.currentTarget.value)}
      />
      <ul aria-label="Things">
        {shown.map((kind) => (
          <li key={kind.name}>
            <PaletteKind kind={kind} onAdd={(cell) => draft.add(kind.name, cell)} />
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p class="remark">There is no {filter.trim()} in this world.</p>}
    </div>
  )
}
