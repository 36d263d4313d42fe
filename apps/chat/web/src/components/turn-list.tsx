import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { path, writing } from "../state/chat.ts"
import { AnswerTurn } from "./answer-turn.tsx"
import { QuestionTurn } from "./question-turn.tsx"

/** The turns of the branch that is shown. It stays at the end while an answer grows, unless the reader scrolls up. */
export function TurnList(): JSX.Element {
  const end = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const turns = path.value
  useEffect(() => {
    const view = end.current!
    const seen = new IntersectionObserver(([entry]) => {
      follows.current = entry!.isIntersecting
    })
    seen.observe(view)
    return () => seen.disconnect()
  }, [])
  useEffect(() => {
    if (follows.current || turns.at(-1)?.text === "") end.current!.scrollIntoView({ block: "end" })
  }, [turns])
  return (
    <>
      <ol class="turns" aria-label="Conversation" aria-busy={writing.value !== undefined}>
        {turns.map((turn) =>
          turn.role === "user" ? <QuestionTurn key={turn.id} turn={turn} /> : <AnswerTurn key={turn.id} turn={turn} />,
        )}
      </ol>
      <div ref={end} class="end" />
    </>
  )
}
