import { batch, computed, signal } from "@preact/signals"
import { addTurn } from "../conversation/add-turn.ts"
import { changeTurn } from "../conversation/change-turn.ts"
import type { Conversation, Turn } from "../conversation/conversation.ts"
import { newConversation } from "../conversation/new-conversation.ts"
import { pathOf } from "../conversation/path-of.ts"
import { showBranch } from "../conversation/show-branch.ts"
import { newId } from "../new-id.ts"
import { answerTurn } from "./answer-turn.ts"
import { keep } from "./keep.ts"
import { announcement, reportProblem } from "./notices.ts"

/** Every conversation that is kept, the latest first. */
export const conversations = signal<readonly Conversation[]>([])
/** The one that is shown. */
export const current = signal<Conversation>(newConversation())
/** The turns that are shown. */
export const path = computed(() => pathOf(current.value))
/** The answer that is being written. */
export const writing = signal<{ readonly turn: string; readonly stop: AbortController } | undefined>(undefined)

/** Reads the kept conversations. Answers that were being written when the page closed end there. */
export async function loadConversations(): Promise<void> {
  const kept = await (await keep).conversations()
  const begun = conversations.value
  const older = kept.filter(({ id }) => begun.every((conversation) => conversation.id !== id))
  conversations.value = [...begun, ...older.map(endWriting).sort((a, b) => b.changed - a.changed)]
}

/** Asks a question after the turns that are shown, or after `parent` in their place, which begins another branch. */
export function ask(text: string, pictures: readonly string[], parent = current.value.leaf): Promise<void> {
  if (writing.value) return Promise.resolve()
  const question: Turn = { id: newId(), parent, role: "user", text: text.trim(), pictures }
  change((conversation) => addTurn(conversation, question))
  return answer(question.id)
}

/** Has a question answered once more, beside the answers it has. */
export async function answer(question: string): Promise<void> {
  if (writing.value) return
  const turn: Turn = { id: newId(), parent: question, role: "assistant", text: "", pictures: [], state: "writing" }
  const stop = new AbortController()
  const { id } = current.value
  batch(() => {
    change((conversation) => addTurn(conversation, turn))
    writing.value = { turn: turn.id, stop }
  })
  announcement.value = "The answer is being written."
  const asked = pathOf(current.value, question)
  const end = await answerTurn(asked, stop.signal, (text) => changeIn(id, (old) => changeTurn(old, turn.id, { text })))
  batch(() => {
    writing.value = undefined
    changeIn(id, (old) => changeTurn(old, turn.id, end))
  })
  const said = ["Answer:", end.text, ...(end.facts?.remarks ?? [])]
  announcement.value = end.problem ? `${end.problem.message} ${end.problem.nextStep}` : said.join(" ")
  const conversation = find(id)
  if (conversation) await save(conversation)
}

/** Ends the answer that is being written; what there is of it stays. */
export function stopAnswer(): void {
  writing.value?.stop.abort()
}

export function showTurn(id: string): void {
  change((conversation) => showBranch(conversation, id))
}

export function startConversation(): void {
  current.value = newConversation()
}

export function openConversation(id: string): void {
  const conversation = find(id)
  if (conversation) current.value = conversation
}

/** Adds conversations from a file and shows the first. */
export async function addConversations(added: readonly Conversation[]): Promise<void> {
  conversations.value = [...added, ...conversations.value]
  const [first] = added
  if (first) current.value = first
  for (const conversation of added) await save(conversation)
}

export async function removeConversation(id: string): Promise<void> {
  const removed = find(id)
  if (!removed) return
  if (writing.value && current.value.id === id) stopAnswer()
  conversations.value = conversations.value.filter((other) => other.id !== id)
  if (current.value.id === id) startConversation()
  const shared = new Set(conversations.value.flatMap(({ turns }) => turns.flatMap(({ pictures }) => pictures)))
  const pictures = removed.turns.flatMap((turn) => turn.pictures).filter((picture) => !shared.has(picture))
  await (await keep).removeConversation(id)
  await (await keep).removePictures(pictures)
}

function find(id: string): Conversation | undefined {
  return current.value.id === id ? current.value : conversations.value.find((other) => other.id === id)
}

function change(step: (conversation: Conversation) => Conversation): void {
  changeIn(current.value.id, step)
  void save(current.value)
}

/** Changes a conversation wherever it stands: the user may have gone on to another one meanwhile. */
function changeIn(id: string, step: (conversation: Conversation) => Conversation): void {
  const before = find(id)
  if (!before) return
  const after = step(before)
  batch(() => {
    if (current.value.id === id) current.value = after
    const isListed = conversations.value.some((other) => other.id === id)
    conversations.value = isListed
      ? conversations.value.map((other) => (other.id === id ? after : other))
      : [after, ...conversations.value]
  })
}

async function save(conversation: Conversation): Promise<void> {
  const { saveConversation } = await keep
  await saveConversation(conversation).catch(reportProblem)
}

function endWriting(conversation: Conversation): Conversation {
  const turns = conversation.turns.map(
    (turn): Turn => (turn.state === "writing" ? { ...turn, state: "stopped" } : turn),
  )
  return { ...conversation, turns }
}
