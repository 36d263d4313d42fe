import { mkdir, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type PromptFormat, promptFormats, toTrainingSample } from "@llava/eval"
import { Command, Option } from "commander"
import { readSelection } from "../data/read-selection.ts"
import { addSelectionOptions, type SelectionOptions } from "../data/selection-options.ts"
import { printResult } from "../output/print-result.ts"

interface Options extends SelectionOptions {
  output: string
  format: PromptFormat
  image?: "first" | "last"
  json?: boolean
}

/** `prepare`: problems as LLaVA's training file. */
export function prepareCommand(): Command {
  const command = new Command("prepare")
    .description("problems as LLaVA's training file, llava_<split>_<format>.json")
    .requiredOption("--output <folder>", "where the file goes")
    .addOption(new Option("--format <name>", "how problems are put").choices(promptFormats).default("QCM-LEA"))
    .addOption(
      new Option("--image <place>", "where the picture goes (default: last, as published; first in v1.5)").choices([
        "first",
        "last",
      ]),
    )
    .option("--json", "print one JSON object")
  return addSelectionOptions(command, "train").action(prepare)
}

async function prepare(options: Options): Promise<void> {
  const { problems, images, notes } = await readSelection(options, true)
  const { format, image, split, output } = options
  const pictures = [...problems].flatMap(([id, problem]) => images.file(id, problem) ?? [])
  const folder = images.commonFolder(pictures)
  const samples = [...problems].map(([id, problem]) => {
    const sample = toTrainingSample(id, problem, {
      format,
      ...(image !== undefined && { image }),
      useCaption: options.captions !== undefined,
    })
    // Pictures of several splits are named from the folder above them.
    const file = images.file(id, problem)
    return file === undefined || folder !== images.root ? sample : { ...sample, image: images.nameOf(file) }
  })
  await mkdir(output, { recursive: true })
  const file = join(output, `llava_${split}_${format}.json`)
  await writeFile(`${file}.part`, `${JSON.stringify(samples, undefined, 2)}\n`)
  await rename(`${file}.part`, file)
  const unexplained = [...problems.values()].filter(({ lecture, solution }) => !`${lecture}${solution}`.trim()).length
  const needs = /-.*[LE]/.test(format)
  await printResult(
    {
      json: { file, images: folder, samples: samples.length, withImage: pictures.length, unexplained },
      text: `${samples.length} samples in ${file}, ${pictures.length} of them with a picture in ${folder}.`,
      notes: needs && unexplained > 0 ? [...notes, `${unexplained} have neither lecture nor solution.`] : notes,
    },
    options.json === true,
  )
}
