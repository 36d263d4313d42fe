import { signal } from "@preact/signals"
import { readPicture } from "../pictures/read-picture.ts"
import { keep } from "./keep.ts"
import { announcement, reportProblem } from "./notices.ts"

/** The text of the question that is being written. */
export const draftText = signal("")
/** Ids of the pictures that go with it. */
export const draftPictures = signal<readonly string[]>([])

/** Attaches pictures to the question, in order. What is no picture is reported, and the others still come. */
export async function attachFiles(files: Iterable<File>): Promise<void> {
  for (const file of files) await attachPicture(file, file.name || "picture")
}

/** Attaches one picture to the question; reports what is none. */
export async function attachPicture(blob: Blob, name: string): Promise<void> {
  try {
    const picture = await readPicture(blob, name)
    await (await keep).savePicture(picture)
    draftPictures.value = [...draftPictures.value, picture.id]
    announcement.value = `${name} is attached.`
  } catch (error) {
    reportProblem(error)
  }
}
