import { createHash } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface HubServerFile {
  content: Uint8Array
  /** Kept in Git LFS: the tree lists a SHA-256, and the file is served by the storage server behind a redirect. */
  lfs?: boolean
}

/** A fault, used up by the next matching request. */
export type HubFault =
  | { kind: "break"; after: number }
  | { kind: "stall"; after: number }
  | { kind: "corrupt" }
  | { kind: "ignore-range" }
  | { kind: "status"; status: number; headers?: Record<string, string> }

export interface HubServerRequest {
  server: "hub" | "storage"
  method: string
  url: string
  headers: IncomingMessage["headers"]
}

interface Commit {
  files: Map<string, HubServerFile>
}

/**
 * A hub on 127.0.0.1 for tests, with a second server in the part of the storage it redirects to. It speaks the
 * endpoints that clients use and can break off, stall, corrupt, refuse, and publish new commits in between.
 */
export class HubServer implements AsyncDisposable {
  readonly repo: string
  readonly requests: HubServerRequest[] = []
  /** Entries per page of the tree. */
  pageSize = 1000
  /** When set, requests to the hub need it. */
  token: string | undefined
  /** Names as the tree lists them, in addition to the files. */
  readonly extraTreeEntries: object[] = []
  /** Whether the tree tells object ids and sizes (some mirrors do not). */
  describesFiles = true
  readonly #commits = new Map<string, Commit>()
  readonly #branches = new Map<string, string>()
  readonly #faults: { match: string; fault: HubFault }[] = []
  readonly #hub: Server
  readonly #storage: Server

  private constructor(repo: string) {
    this.repo = repo
    this.#hub = createServer((request, response) => this.#answer("hub", request, response))
    this.#storage = createServer((request, response) => this.#answer("storage", request, response))
  }

  static async start(repo: string, files: Record<string, HubServerFile>): Promise<HubServer> {
    const server = new HubServer(repo)
    for (const listener of [server.#hub, server.#storage])
      await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve))
    server.publish("main", files)
    return server
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#hub.address() as AddressInfo).port}`
  }

  get storageOrigin(): string {
    return `http://127.0.0.1:${(this.#storage.address() as AddressInfo).port}`
  }

  /** A new commit on a branch; returns its hash. */
  publish(branch: string, files: Record<string, HubServerFile>): string {
    const commit = digest("sha1", `${branch} ${this.#commits.size}`)
    this.#commits.set(commit, { files: new Map(Object.entries(files)) })
    this.#branches.set(branch, commit)
    return commit
  }

  /** Changes the content of a file within a commit, which no honest hub does. */
  replace(commit: string, path: string, file: HubServerFile): void {
    this.#commits.get(commit)?.files.set(path, file)
  }

  /** The next request whose address contains `match` meets the fault; several are met in order. */
  fault(match: string, ...faults: HubFault[]): void {
    for (const fault of faults) this.#faults.push({ match, fault })
  }

  /** Requests for contents, not counting redirects. */
  downloads(path: string): HubServerRequest[] {
    return this.requests.filter(({ method, url, server }) => {
      const names = decodeURIComponent(url).includes(path)
      return names && method === "GET" && (server === "storage" || !this.#isLfs(path)) && !url.includes("/api/")
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of [this.#hub, this.#storage]) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }

  #isLfs(path: string): boolean {
    return [...this.#commits.values()].some(({ files }) => files.get(path)?.lfs)
  }

  #answer(server: "hub" | "storage", request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? "/"
    this.requests.push({ server, method: request.method ?? "", url, headers: request.headers })
    const isRedirect = server === "hub" && [...this.#commits.values()].some(({ files }) => lfsNamed(files, url))
    const index = this.#faults.findIndex(
      ({ match, fault }) => decodeURIComponent(url).includes(match) && !(isRedirect && fault.kind !== "status"),
    )
    const fault = index < 0 || request.method === "HEAD" ? undefined : this.#faults.splice(index, 1)[0]?.fault
    if (fault?.kind === "status") {
      response.writeHead(fault.status, fault.headers).end("{}")
      return
    }
    if (server === "hub" && this.token && request.headers.authorization !== `Bearer ${this.token}`) {
      refuse(response, 401, "RepoNotFound", "Invalid username or password.")
      return
    }
    const address = new URL(url, this.endpoint)
    if (server === "storage") {
      const [, , commit, ...path] = address.pathname.split("/").map(decodeURIComponent)
      const file = this.#commits.get(commit ?? "")?.files.get(path.join("/"))
      if (!file) {
        refuse(response, 404)
        return
      }
      sendContent(request, response, file.content, `"storage-${digest("md5", file.content)}"`, fault, {})
      return
    }
    if (address.pathname.startsWith("/api/models/")) this.#answerApi(address, response)
    else this.#answerFile(address, request, response, fault)
  }

  #answerApi(address: URL, response: ServerResponse): void {
    const match = /^\/api\/models\/(.+)\/(revision|tree)\/([^/]+)$/.exec(address.pathname)
    if (!match || match[1] !== this.repo) {
      refuse(response, 404, "RepoNotFound", "Repository not found")
      return
    }
    const revision = decodeURIComponent(match[3]!)
    const commit = this.#commits.has(revision) ? revision : this.#branches.get(revision)
    const files = this.#commits.get(commit ?? "")?.files
    if (!commit || !files) {
      refuse(response, 404, "RevisionNotFound", `Invalid rev id: ${revision}`)
      return
    }
    if (match[2] === "revision") {
      const siblings = [...files.keys()].map((rfilename) => ({ rfilename }))
      sendJson(response, { id: this.repo, modelId: this.repo, sha: commit, siblings, tags: [], private: false })
      return
    }
    const entries = [...this.#treeEntries(files), ...this.extraTreeEntries]
    const cursor = Number(address.searchParams.get("cursor") ?? 0)
    const next = cursor + this.pageSize
    if (next < entries.length) {
      address.searchParams.set("cursor", String(next))
      response.setHeader("link", `<${address.href}>; rel="next"`)
    }
    sendJson(response, entries.slice(cursor, next))
  }

  #treeEntries(files: Map<string, HubServerFile>): object[] {
    const folders = new Set([...files.keys()].filter((path) => path.includes("/")).map((path) => path.split("/")[0]!))
    const entries: object[] = [...folders].map((path) => ({ type: "directory", path, oid: "0".repeat(40), size: 0 }))
    for (const [path, { content, lfs }] of files) {
      if (!this.describesFiles) entries.push({ type: "file", path })
      else if (!lfs) entries.push({ type: "file", path, size: content.length, oid: gitOid(content) })
      else {
        const sha256 = digest("sha256", content)
        const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${content.length}\n`
        const size = content.length
        const oid = gitOid(new TextEncoder().encode(pointer))
        entries.push({ type: "file", path, size, oid, lfs: { oid: sha256, size, pointerSize: pointer.length } })
      }
    }
    return entries
  }

  #answerFile(address: URL, request: IncomingMessage, response: ServerResponse, fault: HubFault | undefined): void {
    const [name, rest] = address.pathname.slice(1).split("/resolve/")
    if (name !== this.repo || !rest) {
      refuse(response, 404, "RepoNotFound", "Repository not found")
      return
    }
    const [revision, ...path] = rest.split("/").map(decodeURIComponent)
    const commit = this.#commits.has(revision!) ? revision! : this.#branches.get(revision!)
    const files = this.#commits.get(commit ?? "")?.files
    if (!commit || !files) {
      refuse(response, 404, "RevisionNotFound", `Invalid rev id: ${revision}`)
      return
    }
    const file = files.get(path.join("/"))
    if (!file) {
      refuse(response, 404, "EntryNotFound", "Entry not found")
      return
    }
    response.setHeader("x-repo-commit", commit)
    if (!file.lfs) {
      sendContent(request, response, file.content, `"${gitOid(file.content)}"`, fault, {})
      return
    }
    response.writeHead(302, {
      location: `${this.storageOrigin}/storage/${commit}/${path.map(encodeURIComponent).join("/")}?signature=s3cret`,
      etag: `"redirect"`,
      "x-linked-etag": `"${digest("sha256", file.content)}"`,
      "x-linked-size": String(file.content.length),
    })
    response.end()
  }
}

function lfsNamed(files: Map<string, HubServerFile>, url: string): boolean {
  return [...files].some(([path, file]) => file.lfs && decodeURIComponent(url).endsWith(`/${path}`))
}

function refuse(response: ServerResponse, status: number, code?: string, message?: string): void {
  const headers = { ...(code ? { "x-error-code": code } : {}), ...(message ? { "x-error-message": message } : {}) }
  response.writeHead(status, headers).end(JSON.stringify({ error: message ?? "refused" }))
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value))
}

function sendContent(
  request: IncomingMessage,
  response: ServerResponse,
  content: Uint8Array,
  etag: string,
  fault: HubFault | undefined,
  headers: Record<string, string>,
): void {
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "")
  const condition = request.headers["if-range"]
  const partial = range !== null && fault?.kind !== "ignore-range" && (condition === undefined || condition === etag)
  const from = partial ? Number(range[1]) : 0
  if (partial && from >= content.length) {
    response.writeHead(416, { "content-range": `bytes */${content.length}` }).end()
    return
  }
  const body = Uint8Array.from(content.subarray(from))
  if (fault?.kind === "corrupt" && body.length > 0) body[body.length >> 1]! ^= 0xff
  response.writeHead(partial ? 206 : 200, {
    ...headers,
    etag,
    "accept-ranges": "bytes",
    "content-length": String(body.length),
    ...(partial ? { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
  })
  if (request.method === "HEAD") response.end()
  else if (fault?.kind === "break") response.write(body.subarray(0, fault.after), () => response.destroy())
  else if (fault?.kind === "stall") response.write(body.subarray(0, fault.after))
  else response.end(body)
}

function digest(kind: "sha1" | "sha256" | "md5", content: Uint8Array | string): string {
  return createHash(kind).update(content).digest("hex")
}

function gitOid(content: Uint8Array): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex")
}
