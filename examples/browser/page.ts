import type { Reply, Request } from "./messages.ts"

const element = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind
const status = element("status")
const form = element<HTMLFormElement>("form")
const picture = element<HTMLInputElement>("picture")
const preview = element<HTMLImageElement>("preview")
const question = element<HTMLTextAreaElement>("question")
const limit = element<HTMLInputElement>("limit")
const askButton = element<HTMLButtonElement>("ask")
const stopButton = element<HTMLButtonElement>("stop")
const answer = element("answer")
const tokens = element("tokens")

// The model computes in a worker, so that the page stays responsive.
const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" })
const send = (request: Request) => worker.postMessage(request)

function show(reply: Reply): void {
  if (reply.type === "progress") {
    const { stage, loadedBytes, totalBytes } = reply.progress
    const doing = stage === "download" ? "Downloading" : "Loading"
    status.textContent = `${doing}: ${megabytes(loadedBytes)} of ${megabytes(totalBytes)}`
    return
  }
  if (reply.type === "piece") {
    answer.append(reply.text)
    return
  }
  if (reply.type === "ready") status.textContent = `Ready, on ${reply.adapter}`
  if (reply.type === "stopped") status.textContent = "Stopped"
  if (reply.type === "failed") status.textContent = `That did not work: ${reply.message}`
  if (reply.type === "answer") {
    const { usage, timings, tokenIds } = reply.result
    status.textContent = `${usage.generatedTokens} tokens, ${timings.tokensPerSecond.toFixed(1)} per second`
    tokens.textContent = tokenIds.join(" ")
  }
  askButton.disabled = false
  stopButton.disabled = true
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

picture.addEventListener("change", () => {
  const [file] = picture.files ?? []
  URL.revokeObjectURL(preview.src)
  preview.hidden = !file
  if (file) preview.src = URL.createObjectURL(file)
})

form.addEventListener("submit", (event) => {
  event.preventDefault()
  answer.textContent = tokens.textContent = ""
  status.textContent = "Answering"
  askButton.disabled = true
  stopButton.disabled = false
  const [image] = picture.files ?? []
  send({ type: "ask", question: question.value, maxNewTokens: limit.valueAsNumber, ...(image && { image }) })
})

stopButton.addEventListener("click", () => send({ type: "stop" }))
worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => show(data))
worker.addEventListener("error", ({ message }) => show({ type: "failed", message }))

// index.html?model=ADDRESS&template=NAME; the address counts from the page's.
const parameters = new URLSearchParams(location.search)
const folder = new URL(parameters.get("model") ?? "model/", document.baseURI).href
const template = parameters.get("template")
send({ type: "open", folder, ...(template !== null && { template }) })
