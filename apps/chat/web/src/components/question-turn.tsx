import type { JSX } from "preact"
import type { Turn } from "../conversation/conversation.ts"
import { writing } from "../state/chat.ts"
import { editing } from "../state/editing.ts"
import { BranchSteps } from "./branch-steps.tsx"
import { CopyButton } from "./copy-button.tsx"
import { EditForm } from "./edit-form.tsx"
import { IconButton } from "./icon-button.tsx"
import { PictureStrip } from "./picture-strip.tsx"

export function QuestionTurn({ turn }: { turn: Turn }): JSX.Element {
  if (editing.value === turn.id) {
    return (
      <li class="question">
        <EditForm turn={turn} />
      </li>
    )
  }
  return (
    <li class="question">
      <h2 class="unseen">Question</h2>
      <PictureStrip ids={turn.pictures} />
      {turn.text !== "" && <p class="text">{turn.text}</p>}
      <div class="actions">
        <BranchSteps turn={turn} />
        <CopyButton text={turn.text} label="Copy question" />
        <IconButton
          icon="edit"
          label="Edit question"
          disabled={writing.value !== undefined}
          onClick={() => {
            editing.value = turn.id
          }}
        />
      </div>
    </li>
  )
}
