import { createReadStream } from "node:fs"
import { createServer, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { extname } from "node:path"
import { AppError } from "@llava/app-common"
import { type RunReport, readReport, reportBody, reportPage } from "@llava/train"

const PAUSE_MILLISECONDS = 1000

/** Takes the body that the server sends whenever there is more to see. */
const script = `
new EventSource("/events").onmessage = ({ data }) => {
  const opened = document.querySelector("details")?.open
  document.querySelector("main").innerHTML = JSON.parse(data)
  if (opened) document.querySelector("details").open = true
}`

/** A page on this machine that shows a run while it goes on, drawn by the code of the report. */
export class LivePage implements AsyncDisposable {
  readonly #output: string
  readonly #server: Server
  readonly #watchers = new Set<ServerResponse>()
  #images: ReadonlySet<string> = new Set()
  #isDue = false
  #timer: NodeJS.Timeout | undefined

  private constructor(output: string) {
    this.#output = output
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://localhost")
      this.#answer(url, response).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined),
      )
    })
  }

  /** Errors: AppError "port" where the port cannot be had. */
  static async open(output: string, port: number): Promise<LivePage> {
    const page = new LivePage(output)
    await new Promise<void>((resolve, reject) => {
      page.#server.once("error", (cause) => {
        const fix = "Choose another, or 0 for any."
        reject(
          new AppError(`The page cannot be shown at port ${port}: ${cause.message}.`, { code: "port", fix, cause }),
        )
      })
      page.#server.listen(port, "127.0.0.1", resolve)
    })
    return page
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  /** There is more to see; watchers get it soon, not more than once a second. */
  changed(): void {
    this.#isDue = true
    if (this.#watchers.size === 0 || this.#timer) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#send().catch(() => undefined)
    }, PAUSE_MILLISECONDS)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#isDue) await this.#send().catch(() => undefined)
    for (const watcher of this.#watchers) watcher.end()
    await new Promise((resolve) => {
      this.#server.close(resolve)
      this.#server.closeIdleConnections()
    })
  }

  async #send(): Promise<void> {
    this.#isDue = false
    const event = `data: ${JSON.stringify(await this.#body())}\n\n`
    for (const watcher of this.#watchers) watcher.write(event)
  }

  async #body(): Promise<string> {
    const report = await readReport(this.#output).catch((): RunReport => empty)
    this.#images = new Set(report.answers.flatMap(({ answers }) => answers.flatMap(({ images }) => images)))
    return reportBody(report, (path) => `/image?path=${encodeURIComponent(path)}`)
  }

  async #answer({ pathname, searchParams }: URL, response: ServerResponse): Promise<void> {
    const image = searchParams.get("path")
    if (pathname === "/") {
      response.setHeader("content-type", "text/html; charset=utf-8")
      response.end(reportPage(await this.#body(), { script }))
    } else if (pathname === "/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" })
      response.flushHeaders()
      this.#watchers.add(response)
      response.on("close", () => this.#watchers.delete(response))
    } else if (pathname === "/image" && image !== null && this.#images.has(image)) {
      // Only pictures of samples that are shown.
      response.setHeader("content-type", `image/${extname(image).slice(1).toLowerCase().replace("jpg", "jpeg")}`)
      createReadStream(image)
        .on("error", () => response.destroy())
        .pipe(response)
    } else {
      response.writeHead(404).end()
    }
  }
}

const empty: RunReport = { recipe: {}, metrics: [], validation: [], answers: [] }
