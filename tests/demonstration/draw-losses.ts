/**
 * Draws the losses of stage 1 of docs/training.md over PyTorch's, and how far they are apart.
 *
 *     node --conditions=@llava/source tests/demonstration/draw-losses.ts RUN/metrics.jsonl docs/training-losses.svg
 */
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { drawCurves } from "@llava/train"
import { readLosses } from "./losses.ts"

const [metrics, output] = process.argv.slice(2)
if (metrics === undefined || output === undefined) throw new Error("Give the metrics of a run and a picture to write.")
const { losses: pytorch } = readLosses(fileURLToPath(new URL("losses/pytorch.json", import.meta.url)))
const own = readFileSync(metrics, "utf8")
  .trim()
  .split("\n")
  .map((line) => (JSON.parse(line) as { loss: number }).loss)

const curve = (name: string, values: readonly number[]) => ({ name, points: values.map((y, i) => ({ x: i + 1, y })) })
/** Powers of ten, down to what is printed. */
const apart = own.slice(0, pytorch.length).map((loss, i) => Math.log10(Math.max(1e-7, Math.abs(loss - pytorch[i]!))))
const pictures = [
  drawCurves("loss", [curve("this project", own), curve("PyTorch", pytorch)]),
  drawCurves("log10 of the difference", [
    curve("of the two", apart),
    curve(
      "1e-3",
      apart.map(() => -3),
    ),
  ]),
]
const style =
  "svg{font:12px system-ui,sans-serif;color:#24292f;background:#fff}text{fill:currentColor}.title{font-weight:600}" +
  ".grid{stroke:#8884}polyline,path[class^=line]{fill:none;stroke-width:1.6}.line-0{stroke:#2563eb}.line-1{stroke:#d97706}"
const height = 250
const placed = pictures.map((picture, i) =>
  picture.replace("<svg ", `<svg x="0" y="${i * height}" width="560" height="240" `),
)
writeFileSync(
  output,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 ${pictures.length * height}" role="img" ` +
    `aria-label="Losses of this project and of PyTorch, and how far they are apart"><style>${style}</style>` +
    `<rect width="560" height="${pictures.length * height}" fill="#fff"/>${placed.join("")}</svg>\n`,
)
