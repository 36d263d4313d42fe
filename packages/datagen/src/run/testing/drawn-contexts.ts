import { newContextCounts } from "../../contexts/context-counts.ts"
import type { Contexts } from "../../contexts/read-contexts.ts"

/** Descriptions of so many images, each with captions and boxes of its own. */
export function drawnContexts(images: number): Contexts {
  const contexts = Array.from({ length: images }, (_, at) => ({
    id: `image-${at}`,
    image: `folder/${at}.jpg`,
    captions: [`Dog number ${at} stands beside a bench.`, "A dog and a bench."],
    instances: [{ category: "dog", bbox: [0.1, 0.2, 0.5, 0.9] as [number, number, number, number] }],
  }))
  return { contexts, counts: { ...newContextCounts(), images }, hashes: { "contexts.jsonl": `hash of ${images}` } }
}
