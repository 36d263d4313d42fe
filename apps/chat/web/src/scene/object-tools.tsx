import type { JSX } from "preact"
import { IconButton } from "../components/icon-button.tsx"
import type { SceneDraft } from "./use-scene-draft.ts"

/** What can be done with the selected thing besides moving it. */
export function ObjectTools({ draft }: { draft: SceneDraft }): JSX.Element {
  const { selected, world } = draft
  const { minimum, maximum } = world.objectSize
  return (
    <fieldset class="object-tools" aria-label="Selected thing">
      <label>
        <span>Size</span>
        <input
          type="range"
          min={minimum}
          max={maximum}
          value={selected?.size ?? minimum}
          disabled={!selected}
          onInput={(event) => selected && draft.change(selected.id, { size: event.currentTarget.valueAsNumber })}
        />
      </label>
      <IconButton
        icon="flip"
        label="Mirror"
        disabled={!selected}
        onClick={() => selected && draft.change(selected.id, { flipped: !selected.flipped })}
      />
      <IconButton
        icon="delete"
        label="Remove"
        disabled={!selected}
        onClick={() => selected && draft.remove(selected.id)}
      />
    </fieldset>
  )
}
