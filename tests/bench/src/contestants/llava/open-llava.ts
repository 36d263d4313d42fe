import { type Device, openDevice } from "@llava/tensor"
import type { Work } from "../../plan/work.ts"
import type { Contestant, Prepared } from "../contestant.ts"
import { unsupported } from "../unsupported.ts"
import { prepareDecoder } from "./prepare-decoder.ts"
import { prepareImageEncoder } from "./prepare-image-encoder.ts"
import { prepareDenseMatmul, prepareLinear } from "./prepare-matmul.ts"
import { prepareSmollm2 } from "./prepare-smollm2.ts"
import { prepareTraining } from "./prepare-training.ts"

export interface OpenLlavaOptions {
  /** Products by `matmul` of two dense tensors, instead of `linear` with a packed matrix. */
  readonly dense?: boolean
  readonly device?: Device
}

/** This repository's own stack. */
export async function openLlava({ dense = false, device }: OpenLlavaOptions = {}): Promise<Contestant> {
  return new LlavaContestant(device ?? (await openDevice()), dense)
}

class LlavaContestant implements Contestant {
  readonly version = "this repository"
  readonly adapter: string
  readonly #device: Device
  readonly #dense: boolean

  constructor(device: Device, dense: boolean) {
    this.adapter = device.profile.name
    this.#device = device
    this.#dense = dense
  }

  async prepare(work: Work): Promise<Prepared> {
    switch (work.kind) {
      case "matmul":
        if (!this.#dense) return prepareLinear(this.#device, work)
        return work.format === "f32" ? prepareDenseMatmul(this.#device, work) : unsupported("matmul", work)
      case "image-encoder":
        return prepareImageEncoder(this.#device, work)
      case "decoder":
        return prepareDecoder(this.#device, work)
      case "smollm2":
        return prepareSmollm2(this.#device, work)
      case "training":
        return prepareTraining(this.#device, work)
    }
  }
}
