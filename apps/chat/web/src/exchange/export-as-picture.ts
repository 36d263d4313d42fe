import type { Turn } from "../conversation/conversation.ts"
import { plainText } from "../markdown/plain-text.ts"
import { keep } from "../state/keep.ts"
import { saveFile } from "./save-file.ts"
import { wrapText } from "./wrap-text.ts"

const width = 760
const margin = 32
const padding = 16
const lineHeight = 25
const font = "17px system-ui, sans-serif"
/** Longer canvases than this fail in some browsers. */
const longest = 16_000
const colors = { page: "#fbf8f6", question: "#f4e0d6", text: "#241a16", remark: "#6d5a51" }

interface Box {
  readonly isQuestion: boolean
  readonly lines: readonly string[]
  readonly pictures: readonly ImageBitmap[]
  readonly height: number
}

/** Saves the turns that are shown as one PNG, to show around. Errors: a problem where they are too long for one. */
export async function exportAsPicture(path: readonly Turn[]): Promise<void> {
  const canvas = document.createElement("canvas")
  const context = canvas.getContext("2d")!
  context.font = font
  const boxes: Box[] = []
  for (const turn of path) if (turn.text !== "" || turn.pictures.length > 0) boxes.push(await layOut(turn, context))
  const height = boxes.reduce((sum, box) => sum + box.height + margin / 2, margin * 2)
  if (height > longest) {
    throw Object.assign(new Error("The conversation is too long for one picture."), {
      nextStep: "Export it as JSON, or take a picture of a shorter branch.",
    })
  }
  const scale = height * 2 > longest ? 1 : 2
  canvas.width = width * scale
  canvas.height = height * scale
  context.scale(scale, scale)
  draw(context, boxes, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"))
  if (blob) saveFile(blob, "llava-chat.png")
}

async function layOut({ role, text, pictures: ids }: Turn, context: CanvasRenderingContext2D): Promise<Box> {
  const isQuestion = role === "user"
  const room = isQuestion ? width * 0.75 - margin - padding * 2 : width - margin * 2
  const lines =
    text === "" ? [] : wrapText(isQuestion ? text : plainText(text), room, (piece) => context.measureText(piece).width)
  const pictures: ImageBitmap[] = []
  for (const id of ids) {
    const picture = await (await keep).picture(id)
    if (picture) pictures.push(await createImageBitmap(picture.blob))
  }
  const pictureHeight = pictures.reduce((sum, picture) => sum + shownSize(picture).height + padding, 0)
  return { isQuestion, lines, pictures, height: lines.length * lineHeight + pictureHeight + padding * 2 }
}

function shownSize({ width, height }: ImageBitmap): { width: number; height: number } {
  // Small pictures, such as scenes of 72 pixels, are enlarged to be seen.
  const scale = 320 / Math.max(width, height)
  return { width: width * scale, height: height * scale }
}

function draw(context: CanvasRenderingContext2D, boxes: readonly Box[], height: number): void {
  context.fillStyle = colors.page
  context.fillRect(0, 0, width, height)
  context.font = font
  context.textBaseline = "middle"
  let top = margin
  for (const box of boxes) {
    const left = box.isQuestion ? drawBubble(context, box, top) : margin
    let at = top + padding
    for (const picture of box.pictures) {
      const size = shownSize(picture)
      context.drawImage(picture, left, at, size.width, size.height)
      at += size.height + padding
    }
    context.fillStyle = colors.text
    for (const line of box.lines) {
      context.fillText(line, left, at + lineHeight / 2)
      at += lineHeight
    }
    top += box.height + margin / 2
  }
  context.fillStyle = colors.remark
  context.font = "13px system-ui, sans-serif"
  context.fillText("LLaVA chat", margin, height - margin / 2)
}

/** -> where the bubble's content begins */
function drawBubble(context: CanvasRenderingContext2D, { lines, pictures, height }: Box, top: number): number {
  const widths = [
    ...lines.map((line) => context.measureText(line).width),
    ...pictures.map((one) => shownSize(one).width),
  ]
  const content = Math.max(...widths)
  const left = width - margin - content - padding * 2
  context.fillStyle = colors.question
  context.beginPath()
  context.roundRect(left, top, content + padding * 2, height, 14)
  context.fill()
  return left + padding
}
