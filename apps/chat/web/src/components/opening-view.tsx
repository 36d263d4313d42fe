import type { JSX } from "preact"
import { type Opening, stopOpening } from "../state/opening.ts"
import { ProblemText } from "./problem-text.tsx"

/** How far a model is, or why it could not be opened. */
export function OpeningView({ opening }: { opening: Opening }): JSX.Element {
  const { name, progress, problem } = opening
  if (problem) return <ProblemText problem={problem} alert />
  const known = progress !== undefined && progress.totalBytes > 0
  const what = progress?.stage === "load" ? "Loading" : "Downloading"
  const label = progress ? `${what} ${name}` : `Opening ${name}`
  return (
    <div class="opening">
      <p>
        {label}
        {known && `: ${megabytes(progress.loadedBytes)} of ${megabytes(progress.totalBytes)} MB`}
      </p>
      <progress aria-label={label} {...(known ? { value: progress.loadedBytes, max: progress.totalBytes } : {})} />
      <button type="button" onClick={stopOpening}>
        Stop
      </button>
    </div>
  )
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
