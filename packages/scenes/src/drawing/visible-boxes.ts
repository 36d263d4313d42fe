import type { SceneObject } from "../scene/scene.ts"
import type { Box } from "./draw-scene.ts"

/** The box around each object's pixels; width and height are 0 where none of it is seen. */
export function visibleBoxes(owners: Uint8Array, size: number, objects: readonly SceneObject[]): Box[] {
  return objects.map((object, index) => {
    const [bottomEdge, rightEdge] = [
      Math.min(size, object.top + object.size),
      Math.min(size, object.left + object.size),
    ]
    let [left, top, right, bottom] = [size, size, 0, 0]
    for (let y = Math.max(0, object.top); y < bottomEdge; y++) {
      for (let x = Math.max(0, object.left); x < rightEdge; x++) {
        if (owners[y * size + x] !== index + 1) continue
        if (x < left) left = x
        if (x >= right) right = x + 1
        if (y < top) top = y
        bottom = y + 1
      }
    }
    return right === 0 ? [0, 0, 0, 0] : [left, top, right - left, bottom - top]
  })
}
