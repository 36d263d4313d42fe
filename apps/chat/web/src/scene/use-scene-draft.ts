import { useState } from "preact/hooks"
import { newId } from "../new-id.ts"
import { announcement } from "../state/notices.ts"
import { moveObject } from "./move-object.ts"
import type { PlacedObject } from "./placed-object.ts"
import type { SceneWorld } from "./scene-world.ts"

/** The scene that is being composed, and what can be done with it. */
export interface SceneDraft {
  readonly world: SceneWorld
  readonly setting: string
  readonly objects: readonly PlacedObject[]
  /** The object that the tools change. */
  readonly selected: PlacedObject | undefined
  setSetting(name: string): void
  select(id: string): void
  /** Into the first free cell without one; nothing where all are taken. */
  add(kind: string, cell?: number): void
  move(id: string, cell: number): void
  change(id: string, change: Partial<Pick<PlacedObject, "size" | "flipped">>): void
  remove(id: string): void
}

/** The order in which cells fill up where none is chosen: the middle first. */
const fillOrder = [4, 3, 5, 7, 1, 6, 8, 0, 2]

export function useSceneDraft(world: SceneWorld): SceneDraft {
  const [setting, setSetting] = useState(world.settings[0]?.name ?? "")
  const [objects, setObjects] = useState<readonly PlacedObject[]>([])
  const [selectedId, select] = useState<string>()
  const { minimum, maximum } = world.objectSize
  return {
    world,
    setting,
    objects,
    selected: objects.find(({ id }) => id === selectedId),
    setSetting,
    select,
    add(kind, wanted) {
      const cell = wanted ?? fillOrder.find((free) => objects.every((object) => object.cell !== free))
      if (cell === undefined) {
        announcement.value = "All nine places are taken."
        return
      }
      const added = { id: newId(), kind, cell, size: Math.round((minimum + maximum) / 2), flipped: false }
      setObjects([...objects.filter((object) => object.cell !== cell), added])
      select(added.id)
      announcement.value = `${kind} at the ${world.cellNames[cell]}.`
    },
    move(id, cell) {
      setObjects(moveObject(objects, id, cell))
      announcement.value = `Moved to the ${world.cellNames[cell]}.`
    },
    change(id, change) {
      setObjects(objects.map((object) => (object.id === id ? { ...object, ...change } : object)))
    },
    remove(id) {
      setObjects(objects.filter((object) => object.id !== id))
      announcement.value = "Removed."
    },
  }
}
