import { Command } from "commander"
import { ablateCommand } from "./commands/ablate.ts"
import { clipScoreCommand } from "./commands/clip-score.ts"
import { compareCommand } from "./commands/compare.ts"
import { dataMixesCommand } from "./commands/data-mixes.ts"
import { publishedCommand } from "./commands/published.ts"
import { referencesCommand } from "./commands/references.ts"
import { reviewCommand } from "./commands/review.ts"
import { runCommand } from "./commands/run.ts"
import { scoreCaptionsCommand } from "./commands/score-captions.ts"
import { scoreEnsembleCommand } from "./commands/score-ensemble.ts"
import { scoreLlavaBenchCommand } from "./commands/score-llava-bench.ts"
import { scoreMmVetCommand } from "./commands/score-mm-vet.ts"
import { scoreMmeCommand } from "./commands/score-mme.ts"
import { scorePopeCommand } from "./commands/score-pope.ts"
import { scoreReasoningCommand } from "./commands/score-reasoning.ts"
import { scoreScienceQACommand } from "./commands/score-scienceqa.ts"
import { scoreVqaCommand } from "./commands/score-vqa.ts"
import { scoreZeroShotCommand } from "./commands/score-zero-shot.ts"
import { zeroShotCommand } from "./commands/zero-shot.ts"

const scorers = [
  scoreScienceQACommand,
  scoreEnsembleCommand,
  scoreLlavaBenchCommand,
  scorePopeCommand,
  scoreCaptionsCommand,
  scoreMmVetCommand,
  scoreVqaCommand,
  scoreMmeCommand,
  scoreReasoningCommand,
  scoreZeroShotCommand,
]

/** The whole command line. Its mistakes are thrown as CommanderError. */
export function evalCommand(): Command {
  const score = new Command("score").description("the figures of an answer file")
  for (const make of scorers) score.addCommand(make())
  const root = new Command("npm run eval --")
    .description(
      "Runs models over benchmarks, and scores answers as the published figures were made. Files may be gzipped.",
    )
    .option("--verbose", "show where an error comes from")
    .addCommand(runCommand())
    .addCommand(zeroShotCommand())
    .addCommand(clipScoreCommand())
    .addCommand(referencesCommand())
    .addCommand(reviewCommand())
    .addCommand(score)
    .addCommand(compareCommand())
    .addCommand(ablateCommand())
    .addCommand(dataMixesCommand())
    .addCommand(publishedCommand())
    .addHelpText("after", examples)
  for (const command of withChildren(root)) {
    command.exitOverride().configureOutput({ outputError: () => undefined })
  }
  return root
}

function withChildren(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => withChildren(child as Command))]
}

const examples = `
Examples:
  npm run eval -- run pope --model FOLDER --questions llava_pope_test.jsonl --images val2014 --output answers.jsonl
  npm run -s eval -- score scienceqa --problems problems.json --splits pid_splits.json --predictions answers.jsonl
  npm run -s eval -- score --help
  npm run -s eval -- published --data FOLDER`
