import { useEffect, useState } from "preact/hooks"
import { keep } from "../state/keep.ts"

export interface ShownPicture {
  readonly url: string
  readonly name: string
  readonly width: number
  readonly height: number
}

/** Object URLs, which last as long as the page. */
const shown = new Map<string, ShownPicture>()

/** A stored picture as something to show; undefined until it is read, null where it is gone. */
export function usePicture(id: string): ShownPicture | null | undefined {
  const [picture, setPicture] = useState<ShownPicture | null | undefined>(shown.get(id))
  useEffect(() => {
    let current = true
    void readShown(id).then((read) => current && setPicture(read))
    return () => {
      current = false
    }
  }, [id])
  return picture
}

async function readShown(id: string): Promise<ShownPicture | null> {
  const known = shown.get(id)
  if (known) return known
  const stored = await (await keep).picture(id).catch(() => undefined)
  if (!stored) return null
  const { blob, name, width, height } = stored
  const picture = { url: URL.createObjectURL(blob), name, width, height }
  shown.set(id, picture)
  return picture
}
