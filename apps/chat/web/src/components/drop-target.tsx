import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { attachFiles } from "../state/draft.ts"
import { notice } from "../state/notices.ts"
import { Icon } from "./icon.tsx"

/** The whole page takes pictures that are dropped on it, and says so while they hover. */
export function DropTarget(): JSX.Element | null {
  const [hovering, setHovering] = useState(false)
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    document.addEventListener("dragover", (event) => setHovering(hovered(event)), { signal })
    document.addEventListener("dragleave", (event) => event.relatedTarget === null && setHovering(false), { signal })
    document.addEventListener(
      "drop",
      (event) => {
        setHovering(false)
        dropped(event)
      },
      { signal },
    )
    return () => listening.abort()
  }, [])
  if (!hovering) return null
  return (
    <div class="drop-target">
      <Icon name="picture" />
      Drop pictures to ask about them
    </div>
  )
}

/** Without this the browser would leave the page and show the picture. */
function hovered(event: DragEvent): boolean {
  const kinds = event.dataTransfer?.types ?? []
  const takes = kinds.includes("Files") || kinds.includes("text/uri-list")
  if (takes) event.preventDefault()
  return takes
}

function dropped(event: DragEvent): void {
  const { files, types } = event.dataTransfer ?? { files: [], types: [] as string[] }
  if (files.length > 0) {
    event.preventDefault()
    void attachFiles([...files])
  } else if (types.includes("text/uri-list")) {
    event.preventDefault()
    notice.value = {
      message: "A picture of another page cannot be taken over directly.",
      nextStep: "Copy the picture there and paste it here, or save it and drop the file.",
    }
  }
}
