import { readFile } from "node:fs/promises"
import { extname, join } from "node:path"
import type { TrainingSample } from "@llava/core"
import type { ImageContext } from "../contexts/image-context.ts"
import { escapeHtml } from "./escape-html.ts"

const types: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".avif": "image/avif",
  ".bmp": "image/bmp",
}

/** One sample as HTML: its image, inlined, with the boxes drawn; its turns; the captions that the teacher had. */
export async function sampleCard(
  sample: TrainingSample,
  context: ImageContext | undefined,
  images: string | undefined,
): Promise<string> {
  const name = [sample.image ?? []].flat()[0]
  const picture = name === undefined ? "" : await drawImage(name, context, images)
  const turns = sample.conversations.map(
    ({ from, value }) => `<p class="${from}"><b>${from}</b> ${escapeHtml(value).replaceAll("\n", "<br>")}</p>`,
  )
  const captions = (context?.captions ?? []).map((caption) => `<li>${escapeHtml(caption)}</li>`).join("")
  return `<article>
<h3>${escapeHtml(String(sample.id))}</h3>
${picture}
${turns.join("\n")}
${captions && `<details><summary>captions</summary><ul>${captions}</ul></details>`}
</article>`
}

async function drawImage(name: string, context: ImageContext | undefined, folder: string | undefined): Promise<string> {
  const bytes = folder === undefined ? undefined : await readFile(join(folder, name)).catch(() => undefined)
  const source =
    bytes && `data:${types[extname(name).toLowerCase()] ?? "image/jpeg"};base64,${bytes.toString("base64")}`
  const image = source
    ? `<img alt="${escapeHtml(name)}" src="${source}">`
    : `<div class="absent">${escapeHtml(name)}</div>`
  const boxes = (context?.instances ?? []).map(({ category, bbox: [x1, y1, x2, y2] }, at) => {
    const percent = (value: number) => `${(value * 100).toFixed(1)}%`
    const place = `left:${percent(x1)};top:${percent(y1)};width:${percent(x2 - x1)};height:${percent(y2 - y1)}`
    return `<i style="${place};--hue:${(at * 67) % 360}"><em>${escapeHtml(category)}</em></i>`
  })
  return `<figure>${image}${boxes.join("")}</figure>`
}
