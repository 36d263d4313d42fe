import type { JSX } from "preact"
import type { Turn } from "../conversation/conversation.ts"
import { siblingsOf } from "../conversation/siblings-of.ts"
import { current, showTurn, writing } from "../state/chat.ts"
import { IconButton } from "./icon-button.tsx"

/** Goes between the alternatives of a turn; nothing where there is only one. */
export function BranchSteps({ turn }: { turn: Turn }): JSX.Element | null {
  const all = siblingsOf(current.value, turn)
  if (all.length < 2) return null
  const at = all.findIndex(({ id }) => id === turn.id)
  const what = turn.role === "user" ? "question" : "answer"
  const step = (icon: "previous" | "next", to: Turn | undefined) => (
    <IconButton
      icon={icon}
      label={`${icon === "next" ? "Next" : "Previous"} ${what}`}
      disabled={!to || writing.value !== undefined}
      onClick={() => to && showTurn(to.id)}
    />
  )
  return (
    <span class="branch-steps">
      {step("previous", all[at - 1])}
      <span>
        {at + 1} / {all.length}
      </span>
      {step("next", all[at + 1])}
    </span>
  )
}
