import { decodeImage, type ImageInput, type Message } from "@llava/core"
import type { GenerateOptions, GenerationPiece, GenerationResult } from "@llava/model"
import type { AnswerEngine } from "../contract/answer-engine.ts"
import type { Place } from "../queue/fair-queue.ts"
import type { ServerLimits } from "../server-limits.ts"
import { mergeIterables } from "./merge-iterables.ts"

/** A piece of one choice, or the whole of it, which comes last; remarks on the question come with the first choice. */
export type ChoiceEvent = { index: number } & (
  | { piece: GenerationPiece }
  | { result: GenerationResult; remarks: readonly string[] }
)

export interface ChoiceOptions {
  engine: AnswerEngine
  /** One for each choice. */
  places: readonly Place[]
  /** Its images are bytes: decoded when the first choice has its turn. */
  messages: readonly Message[]
  options: Omit<GenerateOptions, "messages" | "seed" | "signal">
  /** Of the first choice; the next ones count on. */
  seed: number | undefined
  limits: Pick<ServerLimits, "imagePixels" | "imageBytes">
  signal: AbortSignal
}

/** All choices of a request as they come, each when it is its turn. Leaving the loop stops them all. */
export function choiceEvents(options: ChoiceOptions): AsyncGenerator<ChoiceEvent, void> {
  const ended = new AbortController()
  const own = { ...options, signal: AbortSignal.any([options.signal, ended.signal]) }
  let decoded: Promise<Message[]> | undefined
  const messages = () => {
    decoded ??= decodeImages(own)
    return decoded
  }
  const choices = own.places.map((place, index) => choice(index, place, messages, own))
  return mergeIterables(choices, () => ended.abort(new DOMException("The answer is over.", "AbortError")))
}

async function* choice(
  index: number,
  place: Place,
  messages: () => Promise<Message[]>,
  { engine, options, seed, signal }: ChoiceOptions,
): AsyncGenerator<ChoiceEvent, void> {
  using _ = place
  await place.turn(signal)
  const asked = await messages()
  const generation = engine.generate({
    ...options,
    messages: asked,
    signal,
    ...(seed !== undefined && { seed: seed + index }),
  })
  try {
    for await (const piece of generation) yield { index, piece }
    const result = await generation.result
    const remarks = index === 0 ? await engine.remarksOn?.(asked.at(-1)!, { signal }) : undefined
    yield { index, result, remarks: remarks ?? [] }
  } catch (error) {
    // Whatever an engine says when it is stopped: why it was is known here.
    signal.throwIfAborted()
    throw error
  } finally {
    // The place is free when the model has come to rest, not before.
    await generation.result.catch(() => undefined)
  }
}

async function decodeImages({ messages, limits, signal }: ChoiceOptions): Promise<Message[]> {
  const decode = (image: ImageInput) =>
    decodeImage(image, { maxPixels: limits.imagePixels, maxBytes: limits.imageBytes, signal })
  const decoded: Message[] = []
  for (const { role, content } of messages) {
    if (typeof content === "string") decoded.push({ role, content })
    else {
      const parts = []
      for (const part of content) parts.push(part.type === "text" ? part : { ...part, image: await decode(part.image) })
      decoded.push({ role, content: parts })
    }
  }
  return decoded
}
