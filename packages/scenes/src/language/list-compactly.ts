import type { SceneObject } from "../scene/scene.ts"
import { withArticle } from "./with-article.ts"

/** The compact form: "a cat at the top, a dog at the left"; zones are always "at the". */
export function listCompactly(objects: readonly SceneObject[], article: "a" | "the" = "a"): string {
  return objects
    .map(({ kind, zone }) => `${article === "a" ? withArticle(kind) : `the ${kind}`} at the ${zone}`)
    .join(", ")
}
