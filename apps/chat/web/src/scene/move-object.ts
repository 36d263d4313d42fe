import type { PlacedObject } from "./placed-object.ts"

/** Puts an object into a cell; one that stands there takes its old cell. */
export function moveObject(objects: readonly PlacedObject[], id: string, cell: number): PlacedObject[] {
  const from = objects.find((object) => object.id === id)?.cell ?? cell
  return objects.map((object) => {
    if (object.id === id) return { ...object, cell }
    return object.cell === cell ? { ...object, cell: from } : object
  })
}
