import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { openCheckpoint } from "@llava/checkpoint"
import { LlavaError } from "@llava/core"
import type { CheckContext, KindCheck } from "../kind-check.ts"

/** Files of torch.save: the same tensors in every container, and pickles that must not run. */
export const checkTorchFiles: KindCheck = async (context) => {
  const { fixture, report } = context
  const files = (await readdir(fixture.folder)).filter((file) => /\.(bin|pt|pth|pkl|ckpt)$/.test(file)).sort()
  for (const file of files) {
    await report.section(file, () =>
      file.startsWith("hostile.") ? checkRefusal(context, file) : checkTensors(context, file),
    )
  }
}

async function checkTensors({ fixture, report }: CheckContext, file: string): Promise<void> {
  await using checkpoint = await openCheckpoint(join(fixture.folder, file))
  const expected = [...fixture.tensors.keys()].sort()
  const names = [...checkpoint.tensors.keys()].sort()
  const prefix = nestedPrefix(names, expected)
  report.equal(`${file}, names`, names, expected.map((name) => prefix + name).sort())
  for (const name of expected) {
    const tensor = checkpoint.tensors.get(prefix + name)
    const golden = fixture.tensors.get(name)
    if (!tensor || !golden) continue
    report.equal(`${file}, type and shape of ${name}`, [tensor.dtype, ...tensor.shape], [golden.dtype, ...golden.shape])
    report.equal(`${file}, bytes of ${name}`, await tensor.read(), await fixture.bytes(name))
  }
}

/** Tensors of a nested file stand below the key that holds them all. */
function nestedPrefix(names: readonly string[], expected: readonly string[]): string {
  const nested = names.find((name) => expected.some((end) => name.endsWith(`.${end}`)))
  const end = expected.find((name) => nested?.endsWith(`.${name}`))
  return nested === undefined || end === undefined ? "" : nested.slice(0, -end.length)
}

/** The refusal must name what the pickle wanted to call. */
async function checkRefusal({ fixture, report }: CheckContext, file: string): Promise<void> {
  const stated = /naming (\w+(?:\.\w+)+)/.exec(String(fixture.golden["what"]))?.[1]
  try {
    await using _ = await openCheckpoint(join(fixture.folder, file))
    report.fail(`${file} is refused`, "it was opened")
  } catch (error) {
    const named = LlavaError.isInstance(error) && error.code === "pickle-refused"
    const [, called] = /(\w+(?:\.\w+)+)/.exec(stated ?? "") ?? []
    const names = named && (called === undefined || error.message.includes(called))
    if (names) report.equal(`${file} is refused`, [true], [true])
    else report.fail(`${file} is refused`, error instanceof Error ? error.message : String(error))
  }
}
