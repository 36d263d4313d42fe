import { existsSync, readdirSync } from "node:fs"
import { join, relative } from "node:path"
import type { Problem } from "@llava/eval"

const splits = ["train", "val", "test"]
const isName = /^[^/\\]+$/

/** ScienceQA's pictures: `<id>/<name>` in a folder, or in its folders `train`, `val` and `test`. */
export class ImageFolder {
  readonly root: string
  readonly #folders: readonly string[]

  constructor(root: string) {
    this.root = root
    this.#folders = [root, ...splits.map((split) => join(root, split))].filter((folder) => existsSync(folder))
  }

  /** The picture that a problem is asked with; undefined for a problem without one, or where the file is missing. */
  file(id: string, { image }: Pick<Problem, "image">): string | undefined {
    const folder = this.folder(id)
    if (folder === undefined || image === "" || !isName.test(image)) return undefined
    const file = join(folder, image)
    return existsSync(file) ? file : undefined
  }

  /** The folder of a problem's pictures; those of its choices lie there too. */
  folder(id: string): string | undefined {
    if (!isName.test(id) || id.startsWith(".")) return undefined
    return this.#folders.map((folder) => join(folder, id)).find((folder) => existsSync(folder))
  }

  /** All pictures of a problem, its own first, then those of its choices. */
  pictures(id: string): string[] {
    const folder = this.folder(id)
    if (folder === undefined) return []
    const names = readdirSync(folder).filter((name) => /\.(png|jpe?g|gif|webp)$/i.test(name))
    const rank = (name: string) => (name.startsWith("choice") ? 1 : 0)
    return names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map((name) => join(folder, name))
  }

  /** A picture's name from the root, with slashes. */
  nameOf(file: string): string {
    return relative(this.root, file).split(/[/\\]/).join("/")
  }

  /** The one folder from which all these files are `<id>/<name>`; the root where there is none. */
  commonFolder(files: readonly string[]): string {
    const isBelow = (folder: string, file: string) => relative(folder, file).split(/[/\\]/).length === 2
    return this.#folders.find((folder) => files.every((file) => isBelow(folder, file))) ?? this.root
  }
}
