import assert from "node:assert"
import { basename } from "node:path"
import { type ChatRequest, chatRequestSchema, createServer, defaultLimits, type ServerOptions } from "@llava/server"
import { type Listening, listen } from "@llava/server/node"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { type PageRoutesOptions, pageRoutes } from "../../../apps/chat/src/page/page-routes.ts"
import { ScenePictures } from "../../../apps/chat/src/page/scene-pictures.ts"
import { ScriptedEngine, type ScriptedEngineOptions } from "../../../packages/server/src/testing/scripted-engine.ts"
import { buildPage } from "./build-page.ts"

export interface OpenChatPageOptions {
  /** What the scripted model says; or another model in its place. */
  script?: ScriptedEngineOptions
  /** What the scripted model is called. Default `scripted`. */
  id?: string
  models?: ServerOptions["models"]
  routes?: Partial<PageRoutesOptions>
  server?: Partial<ServerOptions>
  context?: BrowserContextOptions
}

/** Drawn once: reading all emoji takes a while. */
const pictures = new ScenePictures()

/** The chat's page in a browser of its own, on the real server over a scripted model. Problems in the page fail tests. */
export class ChatPage implements AsyncDisposable {
  readonly page: Page
  readonly engine: ScriptedEngine
  readonly url: string
  /** What the browser complained about, a breach of the content security policy included. */
  readonly complaints: string[] = []
  readonly #listening: Listening
  readonly #sent: ChatRequest[] = []

  private constructor(page: Page, engine: ScriptedEngine, listening: Listening) {
    this.page = page
    this.engine = engine
    this.url = listening.url
    this.#listening = listening
    page.on("request", (request) => {
      if (request.url().endsWith("/v1/chat/completions"))
        this.#sent.push(chatRequestSchema.parse(request.postDataJSON()))
    })
    page.on("pageerror", (error) => this.complaints.push(String(error)))
    page.on("console", (message) => {
      // Replies that are errors are the tests' own.
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) {
        this.complaints.push(message.text())
      }
    })
  }

  static async open(browser: Browser, options: OpenChatPageOptions = {}): Promise<ChatPage> {
    const engine = new ScriptedEngine(options.script)
    const models = options.models ?? [{ id: options.id ?? "scripted", engine }]
    const app = createServer({ models, page: await buildPage(), ...options.server })
    app.route("/", pageRoutes({ models: new Map(), pictures, apiKeys: [], limits: defaultLimits, ...options.routes }))
    const listening = await listen(app)
    const context = await browser.newContext(options.context)
    const chat = new ChatPage(await context.newPage(), engine, listening)
    await chat.page.goto(chat.url)
    return chat
  }

  get question() {
    return this.page.getByRole("textbox", { name: "Question" })
  }

  get answers() {
    return this.page.locator(".answer .markdown")
  }

  /** The files of the pictures in the last question, as the page sent them. */
  get sentPictures(): Buffer[] {
    const content = this.#sent.at(-1)?.messages.at(-1)?.content ?? []
    if (typeof content === "string") return []
    return content.flatMap((part) =>
      part.type === "image_url" ? [Buffer.from(part.image_url.url.replace(/^.*,/, ""), "base64")] : [],
    )
  }

  /** Chooses files for the question, and waits until they are attached. */
  async choose(...files: string[]): Promise<void> {
    await this.page.locator('input[aria-label="Pictures"]').setInputFiles(files)
    for (const file of files) await this.page.getByRole("img", { name: basename(file) }).waitFor()
  }

  /** Asks, and waits for the end of the answer. */
  async ask(text: string): Promise<void> {
    await this.question.fill(text)
    await this.question.press("Enter")
    await this.finished()
  }

  async finished(): Promise<void> {
    await this.page.getByRole("button", { name: "Ask", exact: true }).waitFor()
  }

  button(name: string | RegExp) {
    return this.page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name })
  }

  async stopServer(): Promise<void> {
    await this.#listening.close(0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close()
    await this.#listening.close(0)
    assert.deepEqual(this.complaints, [])
  }
}
