import type { JSX } from "preact"
import { useRef, useState } from "preact/hooks"
import { cellAt } from "./cell-at.ts"
import type { SceneItem } from "./scene-world.ts"

export interface PaletteKindProps {
  kind: SceneItem
  /** With the cell on which it was dropped; without one where it was only chosen. */
  onAdd: (cell?: number) => void
}

/** How far a pointer goes before it drags, in pixels. */
const slack = 6

/** A kind of thing: a click adds it, a drag puts it into a cell. */
export function PaletteKind({ kind: { name, url }, onAdd }: PaletteKindProps): JSX.Element {
  const start = useRef<{ x: number; y: number } | undefined>(undefined)
  const wasDragged = useRef(false)
  const [place, setPlace] = useState<{ x: number; y: number }>()
  const end = () => {
    start.current = undefined
    setPlace(undefined)
  }
  return (
    <button
      type="button"
      aria-label={`Add ${name}`}
      title={name}
      onClick={() => {
        if (!wasDragged.current) onAdd()
        wasDragged.current = false
      }}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, y: event.clientY }
        wasDragged.current = false
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={({ clientX: x, clientY: y }) => {
        const from = start.current
        if (!from || (!wasDragged.current && Math.hypot(x - from.x, y - from.y) < slack)) return
        wasDragged.current = true
        setPlace({ x, y })
      }}
      onPointerUp={(event) => {
        const cell = wasDragged.current ? cellAt(event.clientX, event.clientY) : undefined
        end()
        if (cell !== undefined) onAdd(cell)
      }}
      onPointerCancel={end}
    >
      <img src={url} alt="" loading="lazy" width="40" height="40" draggable={false} />
      {place && <img class="ghost" src={url} alt="" style={{ left: `${place.x}px`, top: `${place.y}px` }} />}
    </button>
  )
}
