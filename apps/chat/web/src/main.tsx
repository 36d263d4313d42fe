import { render } from "preact"
import { App } from "./components/app.tsx"
import { loadConversations } from "./state/chat.ts"
import { startKeeping } from "./state/keep.ts"
import { askServer } from "./state/models.ts"
import { reportProblem } from "./state/notices.ts"

render(<App />, document.body)
void startKeeping().then(loadConversations).catch(reportProblem)
void askServer()
