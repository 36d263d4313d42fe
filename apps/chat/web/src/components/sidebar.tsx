import type { JSX } from "preact"
import type { Conversation } from "../conversation/conversation.ts"
import { conversations, current, openConversation, removeConversation, startConversation } from "../state/chat.ts"
import { reportProblem } from "../state/notices.ts"
import { sidebarOpen } from "../state/view.ts"
import { ExportMenu } from "./export-menu.tsx"
import { Icon } from "./icon.tsx"
import { IconButton } from "./icon-button.tsx"

/** The list of conversations: beside the page, or over it where the screen is narrow. */
export function Sidebar(): JSX.Element {
  const close = () => {
    sidebarOpen.value = false
  }
  return (
    <>
      {sidebarOpen.value && (
        <button type="button" class="scrim narrow-only" aria-label="Close the list" onClick={close} />
      )}
      <nav class={sidebarOpen.value ? "sidebar open" : "sidebar"} aria-label="Conversations">
        <button
          type="button"
          class="new-conversation"
          onClick={() => {
            startConversation()
            close()
            document.getElementById("question")?.focus()
          }}
        >
          <Icon name="add" />
          New conversation
        </button>
        <ul>
          {conversations.value.map((conversation) => (
            <Entry key={conversation.id} conversation={conversation} onOpen={close} />
          ))}
        </ul>
        <ExportMenu />
      </nav>
    </>
  )
}

function Entry({ conversation, onOpen }: { conversation: Conversation; onOpen: () => void }): JSX.Element {
  const { id, title } = conversation
  const remove = () => {
    if (confirm(`Delete "${title}"? This cannot be undone.`)) void removeConversation(id).catch(reportProblem)
  }
  return (
    <li>
      <button
        type="button"
        class="conversation"
        aria-current={id === current.value.id ? "true" : undefined}
        onClick={() => {
          openConversation(id)
          onOpen()
        }}
      >
        {title}
      </button>
      <IconButton icon="delete" label={`Delete ${title}`} onClick={remove} />
    </li>
  )
}
