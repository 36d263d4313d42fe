import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { copyText } from "../copy-text.ts"
import { announcement, reportProblem } from "../state/notices.ts"
import { IconButton } from "./icon-button.tsx"

export function CopyButton({ text, label }: { text: string; label: string }): JSX.Element {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(text)
    setCopied(true)
    announcement.value = "Copied."
    setTimeout(() => setCopied(false), 1500)
  }
  return <IconButton icon={copied ? "check" : "copy"} label={label} onClick={() => void copy().catch(reportProblem)} />
}
