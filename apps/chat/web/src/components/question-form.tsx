import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { ask, path, stopAnswer, writing } from "../state/chat.ts"
import { draftPictures, draftText } from "../state/draft.ts"
import { editing } from "../state/editing.ts"
import { reportProblem } from "../state/notices.ts"
import { AttachButtons } from "./attach-buttons.tsx"
import { fitHeight } from "./fit-height.ts"
import { IconButton } from "./icon-button.tsx"
import { PictureStrip } from "./picture-strip.tsx"

/** Where questions are written. Enter asks, Shift+Enter begins a line, arrow up in the empty field edits the last one. */
export function QuestionForm(): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null)
  const text = draftText.value
  const pictures = draftPictures.value
  const isEmpty = text.trim() === "" && pictures.length === 0
  useEffect(() => fitHeight(field.current), [text])
  const submit = () => {
    if (isEmpty || writing.value) return
    draftText.value = ""
    draftPictures.value = []
    void ask(text, pictures).catch(reportProblem)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      submit()
    } else if (event.key === "ArrowUp" && isEmpty && !writing.value) {
      const last = path.value.findLast(({ role }) => role === "user")
      if (!last) return
      event.preventDefault()
      editing.value = last.id
    }
  }
  return (
    <form
      class="question-form"
      aria-label="Ask"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <PictureStrip
        ids={pictures}
        onRemove={(id) => {
          draftPictures.value = pictures.filter((other) => other !== id)
          field.current?.focus()
        }}
      />
      <div class="row">
        <AttachButtons />
        <textarea
          ref={field}
          id="question"
          rows={1}
          placeholder={pictures.length > 0 ? "Ask about the picture" : "Ask a question"}
          aria-label="Question"
          value={text}
          onInput={(event) => {
            draftText.value = event.currentTarget.value
          }}
          onKeyDown={pressed}
        />
        {writing.value ? (
          <IconButton class="primary" icon="stop" label="Stop" onClick={stopAnswer} />
        ) : (
          <IconButton class="primary" icon="send" label="Ask" disabled={isEmpty} onClick={submit} />
        )}
      </div>
    </form>
  )
}
