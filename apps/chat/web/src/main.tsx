import { effect } from "@preact/signals"
import { render } from "preact"
import { App } from "./components/app.tsx"
import { current, loadConversations } from "./state/chat.ts"
import { askServer } from "./state/models.ts"
import { reportProblem } from "./state/notices.ts"

render(<App />, document.body)
void loadConversations().catch(reportProblem)
void askServer()

effect(() => {
  document.title = current.value.title === "" ? "LLaVA chat" : `${current.value.title} · LLaVA chat`
})
