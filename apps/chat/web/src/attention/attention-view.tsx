import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { sendRequest } from "../api/send-request.ts"
import { ProblemText } from "../components/problem-text.tsx"
import type { Turn } from "../conversation/conversation.ts"
import type { Problem } from "../problem.ts"
import { problemOf } from "../problem-of.ts"
import { messagesOf } from "../state/messages-of.ts"
import { model } from "../state/models.ts"
import { AttendedPicture } from "./attended-picture.tsx"
import type { AttentionReply } from "./attention-reply.ts"
import { meanWeights } from "./mean-weights.ts"

export interface AttentionViewProps {
  /** The conversation up to the question. */
  asked: readonly Turn[]
  answer: string
}

/** The pictures of a conversation with what the answer's tokens attended to, for the whole answer or one of them. */
export function AttentionView({ asked, answer }: AttentionViewProps): JSX.Element {
  const [reply, setReply] = useState<AttentionReply>()
  const [problem, setProblem] = useState<Problem>()
  const [chosen, setChosen] = useState<number>()
  const [pointed, setPointed] = useState<number>()
  useEffect(() => {
    const left = new AbortController()
    fetchAttention(asked, answer, left.signal).then(setReply, (error: unknown) => {
      if (!left.signal.aborted) setProblem(problemOf(error))
    })
    return () => left.abort()
  }, [answer])
  if (problem) return <ProblemText problem={problem} alert />
  if (!reply) return <p class="waiting">Looking …</p>
  const pictures = asked.flatMap((turn) => turn.pictures)
  const token = pointed ?? chosen
  return (
    <section class="attention" aria-label="What the model looked at">
      <div class="attended">
        {reply.images.map((image, index) => (
          <AttendedPicture
            key={pictures[index]}
            id={pictures[index] ?? ""}
            image={image}
            weights={meanWeights(reply, index, token)}
          />
        ))}
      </div>
      <fieldset class="tokens" aria-label="Words of the answer">
        <button type="button" aria-pressed={chosen === undefined} onClick={() => setChosen(undefined)}>
          whole answer
        </button>
        {reply.tokens.map((text, index) => (
          <button
            key={index}
            type="button"
            aria-pressed={chosen === index}
            onClick={() => setChosen(chosen === index ? undefined : index)}
            onPointerEnter={() => setPointed(index)}
            onPointerLeave={() => setPointed(undefined)}
          >
            {text.trim() || "␣"}
          </button>
        ))}
      </fieldset>
    </section>
  )
}

async function fetchAttention(asked: readonly Turn[], answer: string, signal: AbortSignal): Promise<AttentionReply> {
  const messages = await messagesOf(asked)
  const response = await sendRequest("v1/page/attention", { json: { model: model.value, messages, answer }, signal })
  return (await response.json()) as AttentionReply
}
