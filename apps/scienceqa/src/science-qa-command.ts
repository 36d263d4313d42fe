import { Command } from "commander"
import { ensembleCommand } from "./commands/ensemble.ts"
import { predictCommand } from "./commands/predict.ts"
import { prepareCommand } from "./commands/prepare.ts"
import { reportCommand } from "./commands/report.ts"
import { scoreCommand } from "./commands/score.ts"
import { trainCommand } from "./commands/train.ts"

/** The whole command line. Its mistakes are thrown as CommanderError. */
export function scienceQACommand(onExitCode: (code: number) => void): Command {
  const root = new Command("npm run scienceqa --")
    .description("ScienceQA, from its data to a table beside the published rows.")
    .option("--verbose", "show where an error comes from")
    .addHelpText("after", examples)
  for (const command of [
    prepareCommand(),
    trainCommand(onExitCode),
    predictCommand(),
    scoreCommand(),
    ensembleCommand(),
    reportCommand(),
  ]) {
    root.addCommand(command)
  }
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureOutput({ outputError: () => undefined })
  }
  return root
}

const examples = `
Examples, with ScienceQA's files (problems.json, pid_splits.json, images/) in the folder "data":
  npm run scienceqa -- prepare --data data --output runs/sqa
  npm run scienceqa -- train --model MODEL --data runs/sqa/llava_train_QCM-LEA.json --images data/images/train \\
    --output runs/sqa
  npm run scienceqa -- predict --data data --model runs/sqa/model --output runs/sqa/answers.jsonl
  npm run -s scienceqa -- score --data data --predictions runs/sqa/answers.jsonl
  npm run scienceqa -- report --data data --predictions runs/sqa/answers.jsonl --output runs/sqa/answers.html`
