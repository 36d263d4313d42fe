import { learningRateFactor, type Optimizer, type Parameter } from "@llava/tensor"
import { lockRun } from "#platform/run-lock"
import { restoreCheckpoint } from "../checkpoint/restore-checkpoint.ts"
import type { RunIdentity } from "../checkpoint/run-identity.ts"
import { saveCheckpoint } from "../checkpoint/save-checkpoint.ts"
import { openRecords, type RunRecords } from "../metrics/open-records.ts"
import type { Objective } from "../objective/objective.ts"
import { TrainError } from "../train-error.ts"
import { openRun } from "./open-run.ts"
import { runStep } from "./run-step.ts"
import type { TrainStep } from "./train-step.ts"

export interface StepLoopOptions {
  /** Folder of checkpoints and records; without one nothing is kept. */
  output: string | undefined
  /** Discard what an earlier run left in the output folder. */
  restart?: boolean | undefined
  tensorboard?: boolean | undefined
  identity: RunIdentity
  trained: readonly (readonly [path: string, parameter: Parameter])[]
  optimizer: Optimizer
}

/** What a step learns from. */
export interface StepWork<Batch> {
  batches: readonly Batch[]
  /** Called before each of them. */
  onBatch?: (index: number) => void
  epoch: number
  /** Tokens of the batches, for the records; the learned ones unless given. */
  tokens?: number | undefined
  /** By whose names an error tells what it is about. */
  samples?: readonly { readonly id: string | number }[]
}

export interface StepsOptions<Batch> {
  objective: Objective<Batch>
  /** Of the whole run. */
  steps: number
  next: (step: number) => Promise<StepWork<Batch>>
  /** Called when the GPU has the work of a step: time to make the next. */
  onRecorded?: (step: number) => void
  /** What comes after a step's checkpoint, and whether the run ends before its last step. */
  checks?: { run(step: number, steps: number): Promise<void>; readonly isOver: boolean }
  /** Stops after the step in progress, and saves. */
  signal?: AbortSignal | undefined
}

/** A run, new or taken up again from its last checkpoint: its folder, which is held for this process, and its steps. */
export class StepLoop implements AsyncDisposable {
  /** Steps that were done before. */
  readonly done: number
  readonly records: RunRecords
  readonly #options: StepLoopOptions
  readonly #lock: AsyncDisposable | undefined

  private constructor(options: StepLoopOptions, opened: { done: number; records: RunRecords; lock?: AsyncDisposable }) {
    this.#options = options
    this.done = opened.done
    this.records = opened.records
    this.#lock = opened.lock
  }

  /** Puts weights and optimizer to where the run was left. Errors: TrainError "output-in-use", "other-run", "checkpoint-mismatch". */
  static async open(options: StepLoopOptions): Promise<StepLoop> {
    const { output, restart = false, identity, tensorboard } = options
    if (output === undefined) return new StepLoop(options, { done: 0, records: await openRecords(undefined, 0) })
    await using stack = new AsyncDisposableStack()
    const lock = stack.use(await lockRun(output))
    const done = await openRun(output, identity, restart)
    if (done > 0) await restoreCheckpoint(output, done, options)
    const records = await openRecords(output, done, { tensorboard })
    stack.move()
    return new StepLoop(options, { done, records, lock })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lock?.[Symbol.asyncDispose]()
  }

  /** The steps that are left. Errors: TrainError "loss-not-finite", with a checkpoint of the weights before; those of `next`. */
  async *steps<Batch>(options: StepsOptions<Batch>): AsyncGenerator<TrainStep, void> {
    const { objective, steps, next, onRecorded, checks, signal } = options
    const { trained, optimizer, identity } = this.#options
    const { recipe } = identity
    const { warmupSteps = Math.ceil(recipe.schedule.warmupRatio * steps), kind, minimum } = recipe.schedule
    const isOver = () => signal?.aborted === true || checks?.isOver === true
    for (let step = this.done + 1; step <= steps && !isOver(); step++) {
      const started = performance.now()
      const { epoch, samples, ...work } = await next(step)
      const learningRate = recipe.learningRate * learningRateFactor(step - 1, { kind, warmupSteps, steps, minimum })
      const running = runStep({ objective, ...work, trained, optimizer, recipe, learningRate })
      onRecorded?.(step)
      const { loss, gradientNorm, learnedTokens } = await running
      if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
        await this.#save(step - 1)
        throw notFinite(step, loss, samples)
      }
      const tokens = work.tokens ?? learnedTokens
      const tokensPerSecond = (tokens / (performance.now() - started)) * 1000
      const speed = { tokens, learnedTokens, tokensPerSecond, gpuBytes: objective.device.memory.liveBytes }
      // Before the checkpoint: whoever goes on from that finds the line of every step before it.
      await this.records.metrics.append({ step, loss, lr: learningRate, gradNorm: gradientNorm, ...speed })
      const { gpuBytes } = speed
      await this.records.events?.append(step, { loss, learningRate, gradientNorm, tokensPerSecond, gpuBytes })
      const isSaved = step % recipe.checkpointEvery === 0 || step === steps || signal?.aborted === true
      if (isSaved) await this.#save(step)
      await checks?.run(step, steps)
      yield { step, steps, epoch, loss, learningRate, gradientNorm, ...speed }
      // Told to stop meanwhile, perhaps by whoever reads the steps.
      if (isOver() && !isSaved) await this.#save(step)
    }
  }

  async #save(step: number): Promise<void> {
    const { output, trained, optimizer, identity } = this.#options
    if (output === undefined) return
    await saveCheckpoint(output, { step, trained, optimizer, identity }, identity.recipe.keepCheckpoints)
  }
}

function notFinite(step: number, loss: number, samples: StepWork<unknown>["samples"]): TrainError {
  const about = samples ? `; samples ${samples.map(({ id }) => id).join(", ")}` : ""
  return new TrainError(`Step ${step}: the loss is ${loss}, or its gradient is not finite${about}.`, {
    code: "loss-not-finite",
    fix: `The weights before it are saved. Lower the learning rate${samples ? ", or look at these samples" : ""}.`,
  })
}
