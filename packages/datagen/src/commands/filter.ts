import { Command, Option } from "commander"
import { numberArgument } from "../command-line/number-argument.ts"
import type { Terminal } from "../command-line/terminal.ts"
import type { FilterCounts } from "../filter/filter-counts.ts"
import { type FilterSettings, filterOptionsSchema } from "../filter/filter-options.ts"
import { runFilter } from "../filter/run-filter.ts"

interface FilterCommandOptions {
  out: string
  minFrequency: number
  maxPerPhrase: number
  lowerCase: boolean
  lemmas: FilterSettings["lemmas"]
  determiners: FilterSettings["determiners"]
  chosen: FilterSettings["chosenCaptions"]
  ties: FilterSettings["ties"]
  seed: number
}

const defaults = filterOptionsSchema.parse({})

/** `filter PAIRS`: image-caption pairs in, the stage-1 samples of a balanced part of them out. */
export function filterCommand(terminal: Terminal): Command {
  const choice = (flags: string, description: string, name: "lemmas" | "determiners" | "chosenCaptions" | "ties") =>
    new Option(flags, description).choices(filterOptionsSchema.shape[name].unwrap().options).default(defaults[name])
  const count = numberArgument({ whole: true, minimum: 1 })
  return new Command("filter")
    .description("Choose image-caption pairs by their noun phrases, as for LLaVA's CC3M-595K, as stage-1 samples.")
    .argument("<pairs>", "JSON or JSON lines of { image, caption }, LLaVA samples, or .tsv lines: caption, tab, image")
    .requiredOption("--out <folder>", "gets data.json and manifest.json")
    .option("--min-frequency <captions>", "leave out phrases of fewer captions", count, defaults.minimumFrequency)
    .option("--max-per-phrase <captions>", "the most captions a phrase brings in", count, defaults.maximumPerPhrase)
    .option("--no-lower-case", "keep capital and small letters apart")
    .addOption(choice("--lemmas <words>", "words of a phrase that are taken in their base form", "lemmas"))
    .addOption(choice("--determiners <what>", "'a', 'the', 'his' at the beginning of phrases", "determiners"))
    .addOption(choice("--chosen <what>", "captions that rarer phrases brought in, towards the most", "chosenCaptions"))
    .addOption(choice("--ties <order>", "which of two equally frequent phrases goes first", "ties"))
    .option("--seed <number>", "seed of all random choices", numberArgument({ whole: true, minimum: 0 }), defaults.seed)
    .action(async (file: string, options: FilterCommandOptions) => {
      const manifest = await runFilter({
        pairs: file,
        out: options.out,
        settings: {
          minimumFrequency: options.minFrequency,
          maximumPerPhrase: options.maxPerPhrase,
          lowerCase: options.lowerCase,
          lemmas: options.lemmas,
          determiners: options.determiners,
          chosenCaptions: options.chosen,
          ties: options.ties,
          seed: options.seed,
        },
        onStep: (step, counts) => terminal.note(describe(step, counts)),
        onProgress: (step, done) => terminal.progress(step === "read" ? `${done} captions` : `${done} phrases`),
        signal: terminal.signal,
      })
      terminal.progress("")
      terminal.print(`${manifest.counts.chosen} samples in ${options.out}`)
    })
}

function describe(step: "read" | "phrases" | "frequency" | "choice", counts: FilterCounts): string {
  switch (step) {
    case "read": {
      const { pairs, emptyCaptions, reservedCaptions, captionsWithoutPhrase } = counts
      const left = `${emptyCaptions} empty, ${reservedCaptions} with <image>, ${captionsWithoutPhrase} without a phrase`
      return `Read: ${pairs} pairs; left out ${left}.`
    }
    case "phrases":
      return `Phrases: ${counts.phrases} different ones, ${counts.mentions} in all captions.`
    case "frequency": {
      const { frequentPhrases, pairsWithFrequentPhrase } = counts
      return `Frequent enough: ${frequentPhrases} phrases, in ${pairsWithFrequentPhrase} captions.`
    }
    case "choice":
      return `Chosen: ${counts.chosen} pairs; ${counts.cappedPhrases} phrases had more than one may bring in.`
  }
}
