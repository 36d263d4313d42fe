import type { JSX } from "preact"
import { path } from "../state/chat.ts"
import { announcement } from "../state/notices.ts"
import { Dialogs } from "./dialogs.tsx"
import { DropTarget } from "./drop-target.tsx"
import { NoticeBar } from "./notice-bar.tsx"
import { QuestionForm } from "./question-form.tsx"
import { Sidebar } from "./sidebar.tsx"
import { TopBar } from "./top-bar.tsx"
import { TurnList } from "./turn-list.tsx"
import { useShortcuts } from "./use-shortcuts.ts"
import { Welcome } from "./welcome.tsx"

export function App(): JSX.Element {
  useShortcuts()
  return (
    <>
      <a class="skip" href="#question">
        Skip to the question
      </a>
      <Sidebar />
      <div class="page">
        <TopBar />
        <main>{path.value.length === 0 ? <Welcome /> : <TurnList />}</main>
        <NoticeBar />
        <QuestionForm />
      </div>
      <Dialogs />
      <DropTarget />
      <p class="unseen" role="status">
        {announcement}
      </p>
    </>
  )
}
