import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { AttentionView } from "../attention/attention-view.tsx"
import type { Turn } from "../conversation/conversation.ts"
import { pathOf } from "../conversation/path-of.ts"
import { Markdown } from "../markdown/markdown.tsx"
import { answer, current, writing } from "../state/chat.ts"
import { offer } from "../state/models.ts"
import { reportProblem } from "../state/notices.ts"
import { AnswerNumbers } from "./answer-numbers.tsx"
import { BranchSteps } from "./branch-steps.tsx"
import { CopyButton } from "./copy-button.tsx"
import { IconButton } from "./icon-button.tsx"
import { ProblemText } from "./problem-text.tsx"

export function AnswerTurn({ turn }: { turn: Turn }): JSX.Element {
  const { text, state, problem, facts, parent } = turn
  const [open, setOpen] = useState<"numbers" | "attention">()
  const toggle = (panel: "numbers" | "attention") => setOpen(open === panel ? undefined : panel)
  const asked = pathOf(current.value, parent)
  const sees = offer.value.attention && text !== "" && asked.some(({ pictures }) => pictures.length > 0)
  return (
    <li class="answer">
      <h2 class="unseen">Answer</h2>
      {state === "writing" && text === "" ? <p class="waiting">Looking …</p> : <Markdown text={text} />}
      {state === "stopped" && <p class="remark">Stopped.</p>}
      {facts?.finishReason === "length" && (
        <p class="remark">The answer reached its longest length. Settings can raise it.</p>
      )}
      {facts?.remarks?.map((remark) => (
        <p key={remark} class="remark">
          {remark}
        </p>
      ))}
      {problem && <ProblemText problem={problem} />}
      {state !== "writing" && (
        <div class="actions">
          <BranchSteps turn={turn} />
          <CopyButton text={text} label="Copy answer" />
          <IconButton
            icon="again"
            label="Answer again"
            disabled={writing.value !== undefined}
            onClick={() => parent && void answer(parent).catch(reportProblem)}
          />
          {facts && (
            <IconButton
              icon="facts"
              label="Speed and tokens"
              expanded={open === "numbers"}
              onClick={() => toggle("numbers")}
            />
          )}
          {sees && (
            <IconButton
              icon="attention"
              label="What the model looked at"
              expanded={open === "attention"}
              onClick={() => toggle("attention")}
            />
          )}
        </div>
      )}
      {open === "numbers" && facts && <AnswerNumbers facts={facts} />}
      {open === "attention" && <AttentionView asked={asked} answer={text} />}
    </li>
  )
}
