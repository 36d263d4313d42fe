import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire"

/** An event of a run, as tensorflow/core/util/event.proto has it. */
export interface RunEvent {
  /** Seconds since 1970. */
  readonly wallTime: number
  readonly step: number
  /** The first event of a file. */
  readonly fileVersion?: string
  /** Events of earlier files from this step on are void: a run was taken up here. */
  readonly isStart?: boolean
  /** Numbers by the name of their curve. */
  readonly scalars?: Readonly<Record<string, number>>
}

/** SessionLog.START */
const START = 1

/** The bytes of `tensorflow.Event`. */
export function encodeEvent({ wallTime, step, fileVersion, isStart = false, scalars = {} }: RunEvent): Uint8Array {
  const event = new BinaryWriter()
  event.tag(1, WireType.Bit64).double(wallTime)
  event.tag(2, WireType.Varint).int64(step)
  if (fileVersion !== undefined) event.tag(3, WireType.LengthDelimited).string(fileVersion)
  const values = Object.entries(scalars)
  if (values.length > 0) {
    const summary = event.tag(5, WireType.LengthDelimited).fork()
    for (const [tag, value] of values) {
      summary.tag(1, WireType.LengthDelimited).fork()
      summary.tag(1, WireType.LengthDelimited).string(tag)
      summary.tag(2, WireType.Bit32).float(value)
      summary.join()
    }
    event.join()
  }
  if (isStart) event.tag(7, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int32(START).join()
  return event.finish()
}
