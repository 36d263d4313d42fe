import type { JSX } from "preact"
import { usePicture } from "../pictures/use-picture.ts"
import type { AttendedImage } from "./attention-reply.ts"
import { describeWeights } from "./describe-weights.ts"
import { HeatCanvas } from "./heat-canvas.tsx"

export interface AttendedPictureProps {
  id: string
  image: AttendedImage
  weights: readonly number[]
}

/** One picture under its map, and the map in words. */
export function AttendedPicture({ id, image, weights }: AttendedPictureProps): JSX.Element | null {
  const picture = usePicture(id)
  if (!picture) return null
  return (
    <figure>
      <div class="map">
        <img src={picture.url} alt={picture.name} width={picture.width} height={picture.height} />
        <HeatCanvas weights={weights} image={image} />
      </div>
      <figcaption aria-live="polite">{describeWeights(weights, image)}</figcaption>
    </figure>
  )
}
