import type { Problem } from "../problem.ts"

const nextSteps: Readonly<Record<number, string>> = {
  400: "Change the question or its pictures, then try again.",
  401: "Enter the server's key under Settings, then try again.",
  403: "Open the page at the address that the server printed.",
  404: "Choose another model, or reload the page.",
  413: "Send fewer or smaller pictures.",
  429: "The server is busy. Wait a moment, then try again.",
  503: "Wait a moment, then try again; if that does not help, look at what the server printed.",
}

/** What an error reply of the server says: its own sentence where it is an OpenAI error object. */
export async function problemOfReply(response: Response): Promise<Problem> {
  const message = await messageOf(response)
  const nextStep = nextSteps[response.status] ?? "Try again; if it happens again, look at what the server printed."
  return { message, nextStep: waitOf(response) ?? nextStep }
}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined)
  if (isErrorBody(body)) return body.error.message
  return `The server refused this (${response.status} ${response.statusText || "error"}).`
}

function waitOf(response: Response): string | undefined {
  const seconds = Number(response.headers.get("retry-after"))
  return seconds > 0 ? `Try again in ${seconds} s.` : undefined
}

function isErrorBody(body: unknown): body is { error: { message: string } } {
  if (typeof body !== "object" || body === null || !("error" in body)) return false
  const { error } = body
  return typeof error === "object" && error !== null && "message" in error && typeof error.message === "string"
}
