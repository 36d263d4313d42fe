import type { Context } from "hono"
import { choiceEvents } from "../chat/choice-events.ts"
import { chunksOf } from "../chat/chunks-of.ts"
import { conversationOf } from "../chat/conversation-of.ts"
import { generateOptionsOf } from "../chat/generate-options-of.ts"
import { modelOf } from "../chat/model-of.ts"
import { observeEvents } from "../chat/observe-events.ts"
import { refuseUnsupported } from "../chat/refuse-unsupported.ts"
import { replyOf } from "../chat/reply-of.ts"
import { ApiError } from "../error/api-error.ts"
import { errorReply } from "../error/error-reply.ts"
import { toApiError } from "../error/to-api-error.ts"
import { eventStream } from "../http/event-stream.ts"
import { readJson } from "../http/read-json.ts"
import { requestSignal } from "../http/request-signal.ts"
import { chatRequestSchema } from "../schema/chat-request.ts"
import type { RequestVariables, ServerContext } from "../server-context.ts"

/** `POST /v1/chat/completions` */
export async function chatCompletions(server: ServerContext, c: Context<RequestVariables>): Promise<Response> {
  const { limits } = server
  server.refuseWhenStopping()
  const request = await readJson(c, chatRequestSchema, limits)
  refuseUnsupported(request)
  const model = modelOf(server.models, request.model, "model")
  const choices = request.n ?? 1
  if (choices > limits.choices) {
    throw new ApiError(`n is ${choices}; the limit is ${limits.choices}.`, {
      status: 400,
      code: "invalid_value",
      param: "n",
    })
  }
  const options = generateOptionsOf(request, model, limits)
  using held = new DisposableStack()
  const { signal } = held.use(requestSignal(c.req.raw, limits.seconds))
  // From here on the request counts: fetching its images takes time too.
  const places = model.queue.admit(c.get("client"), choices)
  for (const place of places) held.use(place)
  const source = server.imageSource(c.get("owner"))
  const messages = await conversationOf(request.messages, { source, limits, signal })
  const { engine } = model
  const seed = request.seed ?? undefined
  const events = observeEvents(choiceEvents({ engine, places, messages, options, seed, limits, signal }), {
    metrics: server.metrics,
    model: model.id,
    choices,
  })
  const head = { id: `chatcmpl-${crypto.randomUUID()}`, created: Math.floor(Date.now() / 1000), model: model.id }
  const reply = { head, request, tokenizer: engine.tokenizer }
  if (!request.stream) return c.json(await replyOf(events, reply))
  // What the request holds is the stream's from here on.
  return await eventStream(holding(chunksOf(events, reply), held.move()), (error) => {
    const refusal = toApiError(error)
    if (refusal.status >= 500) server.report(error, c.req)
    return errorReply(refusal)
  })
}

/** Passes on what comes, and lets go of what is held when that is over. */
async function* holding<T>(source: AsyncGenerator<T, void>, held: Disposable): AsyncGenerator<T, void> {
  using _ = held
  yield* source
}
