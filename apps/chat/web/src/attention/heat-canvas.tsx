import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { AttendedImage } from "./attention-reply.ts"

/** Patches over a picture: the more attention, the stronger the colour. */
export function HeatCanvas({ weights, image }: { weights: readonly number[]; image: AttendedImage }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { columns, rows, view } = image
  useEffect(() => {
    const context = canvas.current!.getContext("2d")!
    const pixels = context.createImageData(columns, rows)
    const strongest = Math.max(...weights, Number.MIN_VALUE)
    for (const [patch, weight] of weights.entries()) {
      const share = weight / strongest
      pixels.data.set(
        [255, Math.round(210 * share ** 2), Math.round(20 * share), Math.round(225 * share ** 1.5)],
        patch * 4,
      )
    }
    context.putImageData(pixels, 0, 0)
  }, [weights, columns, rows])
  const percent = (share: number) => `${share * 100}%`
  return (
    <canvas
      ref={canvas}
      width={columns}
      height={rows}
      style={{
        left: percent(view.left),
        top: percent(view.top),
        width: percent(view.width),
        height: percent(view.height),
      }}
    />
  )
}
