import { effect } from "@preact/signals"
import { render } from "preact"
import { App } from "./components/app.tsx"
import { current, loadConversations, openConversation } from "./state/chat.ts"
import { askServer } from "./state/models.ts"
import { reportProblem } from "./state/notices.ts"

const named = location.hash.slice(1)

render(<App />, document.body)
void loadConversations()
  .then(() => current.value.turns.length === 0 && openConversation(named))
  .catch(reportProblem)
void askServer()

effect(() => {
  document.title = current.value.title === "" ? "LLaVA chat" : `${current.value.title} · LLaVA chat`
})

// The address names what is shown, so that a reload comes back to it.
effect(() => {
  const { id, turns } = current.value
  history.replaceState(null, "", turns.length > 0 ? `#${id}` : location.pathname + location.search)
})
