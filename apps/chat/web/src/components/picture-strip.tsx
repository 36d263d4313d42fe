import type { JSX } from "preact"
import { usePicture } from "../pictures/use-picture.ts"
import { IconButton } from "./icon-button.tsx"

export interface PictureStripProps {
  ids: readonly string[]
  /** Without it the pictures cannot be removed. */
  onRemove?: (id: string) => void
}

/** Pictures in a row, in the order in which the model sees them. */
export function PictureStrip({ ids, onRemove }: PictureStripProps): JSX.Element | null {
  if (ids.length === 0) return null
  return (
    <ul class="picture-strip" aria-label="Pictures">
      {ids.map((id) => (
        <Entry key={id} id={id} onRemove={onRemove} />
      ))}
    </ul>
  )
}

function Entry({ id, onRemove }: { id: string; onRemove: ((id: string) => void) | undefined }): JSX.Element {
  const picture = usePicture(id)
  const name = picture?.name ?? "picture"
  return (
    <li>
      {picture && <img src={picture.url} alt={name} width={picture.width} height={picture.height} />}
      {picture === null && <span class="missing">This picture is gone.</span>}
      {onRemove && <IconButton icon="close" label={`Remove ${name}`} onClick={() => onRemove(id)} />}
    </li>
  )
}
