import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { writeAtomically } from "../files/write-atomically.ts"
import { withArticle } from "../language/with-article.ts"
import { openScenePool } from "../pool/open-scene-pool.ts"
import { makeScene } from "../scene/make-scene.ts"
import { sceneSeed } from "../scene/scene-seed.ts"
import { findSetting } from "../settings/find-setting.ts"
import { worldSchema } from "../world/world.ts"
import { checkManifest } from "./check-manifest.ts"
import { dataSetFiles } from "./data-set-files.ts"
import type { DataSetFiles, DataSetOptions } from "./data-set-options.ts"
import { type SceneRecords, sceneRecords } from "./scene-records.ts"

/** Scenes that are drawn before their files are written; the next ones are drawn meanwhile. */
const batchLength = 256

interface SceneEntry extends SceneRecords {
  image: string
  setting: string
  seed: number
  objects: { kind: string; box: readonly number[] }[]
}

/**
 * Draws scenes and writes them with everything that is true of them: pictures, COCO's captions and instances, LLaVA's
 * samples for both stages, questions with answers, class lists for zero-shot. The same options give the same bytes. All
 * but the pictures is written at the end: after an interruption there are pictures alone, and no `.part` files.
 *
 * @throws ScenesError `folder-of-other-data`, `seed-out-of-range`, `no-kinds`, `icons-missing`; the reason of `signal`
 */
export async function makeDataSet(options: DataSetOptions): Promise<DataSetFiles> {
  const { split, count, seed, out, form = "rich", questions = 5, onProgress, signal, threads, cacheFolder } = options
  const world = worldSchema.parse(options.world)
  const files = dataSetFiles(out, split)
  const manifest = { world, split, count, seed, form, questions }
  await checkManifest(files.manifest, manifest)
  await mkdir(files.images, { recursive: true })
  await using pool = await openScenePool(world, {
    ...(threads !== undefined && { threads }),
    ...(cacheFolder !== undefined && { cacheFolder }),
  })
  const seeds = Array.from({ length: count }, (_, index) => sceneSeed({ split, run: seed, index }))
  const entries: SceneEntry[] = []
  for (let from = 0; from < count; from += batchLength) {
    signal?.throwIfAborted()
    const batch = seeds.slice(from, from + batchLength)
    const drawing = pool.drawPng(batch)
    const texts = batch.map((each, index) => {
      const scene = makeScene(world, each)
      const image = `${split}_${String(from + index).padStart(8, "0")}.png`
      return { scene, image, ...sceneRecords({ scene, image, form, questions }) }
    })
    for (const [index, { png, boxes }] of (await drawing).entries()) {
      const { scene, ...records } = texts[index]!
      await writeAtomically(join(files.images, records.image), png)
      const objects = scene.objects.map(({ kind }, object) => ({ kind, box: boxes[object]! }))
      entries.push({ ...records, setting: scene.setting, seed: scene.seed, objects })
    }
    onProgress?.(entries.length)
  }
  await writeAnnotations(files, entries, options)
  await writeAtomically(files.manifest, `${JSON.stringify(manifest, null, 2)}\n`)
  return files
}

async function writeAnnotations(
  files: DataSetFiles,
  entries: readonly SceneEntry[],
  { world, split }: DataSetOptions,
): Promise<void> {
  const info = { description: `Drawn scenes of the world ${world.name}, ${split}`, licence: "Apache-2.0 (Noto Emoji)" }
  const images = entries.map(({ image, setting, seed }, index) => ({
    id: index + 1,
    file_name: image,
    width: world.imageSize,
    height: world.imageSize,
    setting,
    scene_seed: seed,
  }))
  const captions = entries.flatMap((entry, index) =>
    entry.captions.map((caption) => ({ image_id: index + 1, caption })),
  )
  const boxes = entries.flatMap(({ objects }, index) =>
    objects.map(({ kind, box }) => ({
      image_id: index + 1,
      category_id: world.kinds.indexOf(kind) + 1,
      bbox: box,
      area: box[2]! * box[3]!,
      iscrowd: 0,
    })),
  )
  const numbered = <Row extends object>(rows: readonly Row[]) => rows.map((row, index) => ({ id: index + 1, ...row }))
  const categories = world.kinds.map((name, index) => ({ id: index + 1, name }))
  await writeAtomically(files.captions, JSON.stringify({ info, images, annotations: numbered(captions) }))
  await writeAtomically(files.instances, JSON.stringify({ info, images, annotations: numbered(boxes), categories }))
  await writeAtomically(files.stageOne, JSON.stringify(entries.map(({ stageOne }) => stageOne)))
  await writeAtomically(files.stageTwo, JSON.stringify(entries.flatMap(({ stageTwo }) => stageTwo)))
  const lines = entries.flatMap(({ questions, image, seed }) =>
    questions.map(({ kind, question, answer, about }) => ({
      image,
      text: question,
      category: kind,
      answer,
      about,
      seed,
    })),
  )
  const numberedLines = lines.map((line, index) => JSON.stringify({ question_id: `${split}-${index}`, ...line }))
  await writeAtomically(files.questions, numberedLines.map((line) => `${line}\n`).join(""))
  await writeAtomically(files.zeroShot, `${JSON.stringify(zeroShot(entries, world.kinds, world.settings), null, 2)}\n`)
}

/** Class lists, and the pictures to try them on: those of a single object. */
function zeroShot(entries: readonly SceneEntry[], kinds: readonly string[], settings: readonly string[]) {
  const single = entries.filter(({ objects }) => objects.length === 1)
  return {
    kinds: { names: kinds, labels: kinds.map(withArticle), templates: ["a picture of {}.", "a drawing of {}.", "{}."] },
    settings: {
      names: settings,
      labels: settings.map((name) => findSetting(name).place),
      templates: ["a scene {}.", "a picture {}."],
    },
    images: single.map(({ image, objects, setting }) => ({ image, kind: objects[0]!.kind, setting })),
  }
}
