import { useEffect } from "preact/hooks"
import { startConversation, stopAnswer, writing } from "../state/chat.ts"
import { attachFiles } from "../state/draft.ts"
import { sidebarOpen } from "../state/view.ts"

/** Keys and pasted pictures that work wherever the focus is. */
export function useShortcuts(): void {
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener("keydown", pressed, { signal })
    document.addEventListener("paste", pasted, { signal })
    return () => listening.abort()
  }, [])
}

function pressed(event: KeyboardEvent): void {
  if (document.querySelector("dialog[open]")) return
  if (event.key === "Escape") {
    if (sidebarOpen.value) sidebarOpen.value = false
    else if (writing.value) stopAnswer()
  }
  if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyN") {
    event.preventDefault()
    startConversation()
    document.getElementById("question")?.focus()
  }
}

function pasted(event: ClipboardEvent): void {
  const files = [...(event.clipboardData?.files ?? [])]
  if (files.length === 0) return
  event.preventDefault()
  void attachFiles(files)
}
