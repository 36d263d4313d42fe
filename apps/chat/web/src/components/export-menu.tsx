import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import { exportAsPicture } from "../exchange/export-as-picture.ts"
import { exportConversations } from "../exchange/export-conversations.ts"
import { importConversations } from "../exchange/import-conversations.ts"
import { addConversations, conversations, current, path } from "../state/chat.ts"
import { announcement, reportProblem } from "../state/notices.ts"
import { Icon } from "./icon.tsx"

/** Conversations to files and back. */
export function ExportMenu(): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  const run = (work: () => Promise<void>) => void work().catch(reportProblem)
  return (
    <div class="export-menu">
      <button type="button" onClick={() => input.current?.click()}>
        <Icon name="upload" />
        Import
      </button>
      <button
        type="button"
        disabled={conversations.value.length === 0}
        onClick={() => run(() => exportConversations(conversations.value))}
      >
        <Icon name="download" />
        Export all
      </button>
      <button
        type="button"
        disabled={path.value.length === 0}
        onClick={() => run(() => exportConversations([current.value]))}
      >
        <Icon name="download" />
        Export this
      </button>
      <button type="button" disabled={path.value.length === 0} onClick={() => run(() => exportAsPicture(path.value))}>
        <Icon name="picture" />
        As picture
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".json,.jsonl,image/*"
        aria-label="Conversations to import, with their pictures"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ""
          run(() => importFiles(files))
        }}
      />
    </div>
  )
}

async function importFiles(files: readonly File[]): Promise<void> {
  const added = await importConversations(files)
  await addConversations(added)
  announcement.value = `${added.length} ${added.length === 1 ? "conversation" : "conversations"} imported.`
}
