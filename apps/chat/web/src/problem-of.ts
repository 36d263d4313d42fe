import type { Problem } from "./problem.ts"

/** Whatever was thrown as a sentence with a next step. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error && "nextStep" in error && typeof error.nextStep === "string") {
    return { message: error.message, nextStep: error.nextStep }
  }
  if (error instanceof DOMException && error.name === "QuotaExceededError") {
    return {
      message: "The browser has no more room for conversations.",
      nextStep: "Delete old conversations, or export and then delete them.",
    }
  }
  return {
    message: `Something went wrong in this page: ${error instanceof Error ? error.message : String(error)}.`,
    nextStep: "Reload the page; your conversations are kept.",
  }
}
