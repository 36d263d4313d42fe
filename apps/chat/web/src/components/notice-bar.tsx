import type { JSX } from "preact"
import { notice } from "../state/notices.ts"
import { IconButton } from "./icon-button.tsx"

export function NoticeBar(): JSX.Element {
  const problem = notice.value
  return (
    <div role="alert">
      {problem && (
        <div class="notice">
          <p>
            <strong>{problem.message}</strong> {problem.nextStep}
          </p>
          <IconButton
            icon="close"
            label="Dismiss"
            onClick={() => {
              notice.value = undefined
            }}
          />
        </div>
      )}
    </div>
  )
}
