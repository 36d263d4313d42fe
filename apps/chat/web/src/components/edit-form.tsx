import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import type { Turn } from "../conversation/conversation.ts"
import { ask } from "../state/chat.ts"
import { editing } from "../state/editing.ts"
import { reportProblem } from "../state/notices.ts"
import { fitHeight } from "./fit-height.ts"
import { PictureStrip } from "./picture-strip.tsx"

/** A question in its place, to be asked again in other words: the old one and what followed stay beside it. */
export function EditForm({ turn }: { turn: Turn }): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(turn.text)
  const [pictures, setPictures] = useState(turn.pictures)
  const isEmpty = text.trim() === "" && pictures.length === 0
  useEffect(() => field.current!.focus(), [])
  useEffect(() => fitHeight(field.current), [text])
  const leave = () => {
    editing.value = undefined
    document.getElementById("question")?.focus()
  }
  const submit = () => {
    if (isEmpty) return
    leave()
    void ask(text, pictures, turn.parent).catch(reportProblem)
  }
  return (
    <form
      class="edit-form"
      aria-label="Edit question"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <PictureStrip ids={pictures} onRemove={(id) => setPictures(pictures.filter((other) => other !== id))} />
      <textarea
        ref={field}
        aria-label="Question"
        rows={1}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") leave()
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
          event.preventDefault()
          submit()
        }}
      />
      <div class="actions">
        <button type="button" onClick={leave}>
          Cancel
        </button>
        <button type="submit" class="primary" disabled={isEmpty}>
          Ask
        </button>
      </div>
    </form>
  )
}
