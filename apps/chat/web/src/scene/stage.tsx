import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import { cellAt } from "./cell-at.ts"
import { neighbourCell } from "./neighbour-cell.ts"
import type { PlacedObject } from "./placed-object.ts"
import type { SceneDraft } from "./use-scene-draft.ts"

/** The picture that is being composed. Objects move by pointer and by arrow keys. */
export function Stage({ draft }: { draft: SceneDraft }): JSX.Element {
  const { world, setting, objects } = draft
  const background = world.settings.find(({ name }) => name === setting)
  return (
    <fieldset class="stage" aria-label={`Scene: ${setting}`}>
      {background && <img class="background" src={background.url} alt="" draggable={false} />}
      {objects.map((object) => (
        <StageObject key={object.id} object={object} draft={draft} />
      ))}
      {objects.length === 0 && <p>Drag things here, or choose one.</p>}
    </fieldset>
  )
}

function StageObject({ object, draft }: { object: PlacedObject; draft: SceneDraft }): JSX.Element {
  const dragged = useRef(false)
  const { world, selected } = draft
  const { id, kind, cell, size, flipped } = object
  const kindItem = world.kinds.find(({ name }) => name === kind)
  const percent = (pixels: number) => `${(pixels / world.imageSize) * 100}%`
  const middle = (index: number) => ((index + 0.5) * world.imageSize) / 3 - size / 2
  const pressed = (event: KeyboardEvent) => {
    const next = neighbourCell(cell, event.key)
    if (next !== undefined) draft.move(id, next)
    else if (event.key === "Delete" || event.key === "Backspace") draft.remove(id)
    else return
    event.preventDefault()
  }
  return (
    <button
      type="button"
      class="stage-object"
      aria-label={`${kind} at the ${world.cellNames[cell]}. Arrow keys move it, Delete removes it.`}
      aria-pressed={selected?.id === id}
      style={{
        left: percent(middle(cell % 3)),
        top: percent(middle(Math.floor(cell / 3))),
        width: percent(size),
        height: percent(size),
      }}
      onFocus={() => draft.select(id)}
      onKeyDown={pressed}
      onPointerDown={(event) => {
        draft.select(id)
        dragged.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        const over = dragged.current ? cellAt(event.clientX, event.clientY) : undefined
        if (over !== undefined && over !== cell) draft.move(id, over)
      }}
      onPointerUp={() => {
        dragged.current = false
      }}
      onPointerCancel={() => {
        dragged.current = false
      }}
    >
      {kindItem && <img class={flipped ? "flipped" : ""} src={kindItem.url} alt="" draggable={false} />}
    </button>
  )
}
