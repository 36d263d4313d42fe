import { expect, test } from "vitest"
import { parseCommandLine } from "./parse-command-line.ts"

const run = ["--recipe", "stage1", "--model", "m", "--data", "d.json", "--output", "o"]
const without = (name: string) => run.toSpliced(run.indexOf(name), 2)

test("reads a whole command", () => {
  const more = ["--set", "a=1", "--set", "b.c=x=y", "--part", "p.mjs", "--port", "0", "--restart"]
  expect(parseCommandLine([...run, ...more]).options).toEqual({
    ...{ recipe: "stage1", model: "m", data: "d.json", output: "o", port: 0 },
    ...{ set: ["a=1", "b.c=x=y"], part: ["p.mjs"], restart: true },
    ...{
      imageStartEnd: false,
      skipBad: false,
      tensorboard: false,
      dryRun: false,
      estimateMemory: false,
      offline: false,
      verbose: false,
    },
  })
})

test("a new model may see any layers of its encoder", () => {
  const made = [...without("--model"), "--encoder", "e", "--language-model", "l", "--select-layer", "-2"]
  expect(parseCommandLine([...made, "--select-layer", "-5"]).options?.selectLayer).toEqual([-2, -5])
})

test("a look beforehand needs no output", () => {
  for (const look of ["--dry-run", "--estimate-memory"]) {
    expect(parseCommandLine([...without("--output"), look]).options).toBeDefined()
  }
})

test("stands behind other doors, with their recipe", () => {
  const door = { command: "npm run other -- train", description: "Tunes.", recipe: "scienceqa", examples: ["--data d"] }
  expect(parseCommandLine(without("--recipe"), door).options?.recipe).toBe("scienceqa")
  expect(parseCommandLine(run, door).options?.recipe).toBe("stage1")
  const { text } = parseCommandLine(["--help"], door)
  expect(text).toMatch(/^Usage: npm run other -- train/)
  expect(text).toContain("  npm run other -- train --data d")
  expect(() => parseCommandLine(["--foo"], door)).toThrow(/npm run other -- train --help/)
})

test("lists the published recipes in its help", () => {
  expect(parseCommandLine(["--help"]).text).toContain("stage2-v1.5-lora")
})

test.each([
  [without("--recipe"), "There is no recipe"],
  [without("--model"), "There is no model"],
  [without("--data"), "There is no data"],
  [without("--output"), "There is no output folder"],
  [[...run, "--encoder", "e", "--language-model", "l"], "--model goes on"],
  [[...without("--model"), "--encoder", "e"], "needs --language-model too"],
  [[...run, "--projector", "linear"], "--projector belongs to a new model"],
  [[...run, "--select-layer", "-1"], "--select-layer belongs to a new model"],
  [[...run, "--image-start-end"], "--image-start-end belongs to a new model"],
  [[...run, "--port", "x"], "It has to be a whole number from 0 to 65535"],
  [[...run, "--skip-bat"], "Did you mean --skip-bad?"],
  [[...run, "stray"], "Too many arguments"],
])("%j: %s", (argv, message) => {
  expect(() => parseCommandLine(argv)).toThrow(
    expect.objectContaining({ code: "command-line", message: expect.stringContaining(message) }),
  )
})
