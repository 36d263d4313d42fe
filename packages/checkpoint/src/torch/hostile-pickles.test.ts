import { existsSync } from "node:fs"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { bytesSource } from "../bytes/bytes-source.ts"
import { openCheckpoint } from "../open-checkpoint.ts"
import { expectRefusal } from "../testing/expect-refusal.ts"
import { pickle, shortText, storedZip } from "../testing/pickle-builder.ts"
import { openTorch } from "./open-torch.ts"

const archive = (data: Uint8Array, rest = {}) => bytesSource(storedZip({ "a/data.pkl": data, ...rest }), "hostile.bin")
const float = "ctorch\nFloatStorage\n"
const rebuild = "ctorch._utils\n_rebuild_tensor_v2\n"
/** ("storage", FloatStorage, "0", "cpu", length) as a persistent id. */
const storage = (length: number) =>
  pickle("(", shortText("storage"), float, shortText("0"), shortText("cpu"), "K", length, "tQ")

test.each(["hostile.bin", "hostile.pkl"])("%s is refused, naming posix.system, and runs nothing", async (name) => {
  await expectRefusal(openCheckpoint(fixturePath("torch-files", name)), "pickle-refused", "posix.system", name)
  expect(existsSync("/tmp/pickle-ran-code")).toBe(false)
})

test.each([
  ["GLOBAL and REDUCE", "posix.system", pickle("cposix\nsystem\n(S'ls'\ntR.")],
  ["os.system by its public name", "os.system", pickle("cos\nsystem\n(S'ls'\ntR.")],
  [
    "eval",
    "builtins.eval",
    pickle(0x80, 4, shortText("builtins"), shortText("eval"), 0x93, shortText("1"), 0x85, "R."),
  ],
  ["eval of old Pythons", "__builtin__.eval", pickle("c__builtin__\neval\n(V1\ntR.")],
  ["INST", "os.system", pickle("(S'ls'\nios\nsystem\n.")],
  ["OBJ", "subprocess.Popen", pickle("(csubprocess\nPopen\nS'ls'\no.")],
  ["NEWOBJ", "subprocess.Popen", pickle("csubprocess\nPopen\n(S'ls'\nt", 0x81, ".")],
  ["NEWOBJ_EX", "subprocess.Popen", pickle("csubprocess\nPopen\n)}", 0x92, ".")],
  ["a name without any call", "os.system", pickle("cos\nsystem\n.")],
  [
    "a name built in the memo",
    "os.system",
    pickle(shortText("os"), 0x94, shortText("system"), 0x94, "0", "0", "h", 0, "h", 1, 0x93, "."),
  ],
  ["dots in the name", "torch.os.system", pickle(shortText("torch"), shortText("os.system"), 0x93, ".")],
  ["getattr", "builtins.getattr", pickle("cbuiltins\ngetattr\n.")],
  [
    "an allowed module's other functions",
    "torch._utils._import_dotted_name",
    pickle("ctorch._utils\n_import_dotted_name\n."),
  ],
  ["torch.load itself", "torch.load", pickle("ctorch\nload\n.")],
  ["a property of every object", "constructor.constructor", pickle("cconstructor\nconstructor\n.")],
  ["the prototype", "__proto__.toString", pickle("c__proto__\ntoString\n.")],
  ["the extension registry", "extension registry", pickle(0x82, 1, ".")],
  ["inside a dict after tensors", "nt.system", pickle("}(", shortText("x"), "cnt\nsystem\nu.")],
])("%s is refused, naming %s", async (_, name, bytes) => {
  await expectRefusal(openTorch(archive(bytes)), "pickle-refused", "hostile.bin", name)
})

test.each([
  ["a call of what is no function", pickle(shortText("x"), ")R.")],
  ["a call of a storage class", pickle(float, ")R.")],
  ["BUILD on a function", pickle(rebuild, "}b.")],
  ["BUILD on a list", pickle("]}b.")],
  ["an OrderedDict of no pairs", pickle("ccollections\nOrderedDict\n]K", 1, "a", 0x85, "R.")],
  ["a tensor without storage", pickle(rebuild, "(NK", 0, "))", 0x89, "NtR.")],
  ["a reference to no storage", pickle(shortText("x"), "Q.")],
  ["a storage that is not in the archive", pickle(storage(1), ".")],
  ["an empty stack", pickle("0.")],
  ["a missing mark", pickle("t.")],
  ["a mark as value", pickle("(.")],
  ["an unknown memo", pickle("h", 7, ".")],
  ["an unknown instruction", pickle(0xff, ".")],
  ["a future protocol", pickle(0x80, 6, "N.")],
  ["a list in itself", pickle("]q", 0, "h", 0, "a.")],
  ["a key without value", pickle("}(Nu.")],
  ["a number of a million digits", pickle("L", "9".repeat(1_000_000), "L\n.")],
  ["buffers outside the file", pickle(0x97, ".")],
])("%s is damage, not a crash", async (_, bytes) => {
  await expectRefusal(openTorch(archive(bytes)), "pickle-invalid", "hostile.bin")
})

test.each([
  ["text", pickle("X", 0xff, 0xff, 0xff, 0x7f, "a.")],
  ["bytes", pickle(0x8e, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, ".")],
  ["no end", pickle("N")],
  ["nothing", pickle()],
])("a pickle of %s beyond its end is cut short", async (_, bytes) => {
  await expectRefusal(openTorch(archive(bytes)), "file-truncated", "hostile.bin")
})

test("a dict of dicts that doubles sixty times is refused in moments", async () => {
  const levels: (string | number | Uint8Array)[] = ["}q", 0]
  for (let i = 1; i <= 60; i++) levels.push("}q", i, "(", shortText("a"), "h", i - 1, shortText("b"), "h", i - 1, "u")
  await expectRefusal(openTorch(archive(pickle(...levels, "."))), "pickle-invalid", "more than")
})

test.each([
  ["reaches beyond its storage", 9, [2, 2], [2, 1], "beyond"],
  ["begins beyond its storage", 0, [5], [1], "beyond"],
  ["has a stride too many", 0, [2], [1, 1], "strides"],
])("a tensor that %s is refused", async (_, offset, shape, stride, word) => {
  const tuple = (values: number[]) => pickle("(", ...values.flatMap((value) => ["K", value]), "t")
  const bytes = pickle(rebuild, "(", storage(4), "K", offset, tuple(shape), tuple(stride), 0x89, "NtR.")
  await expectRefusal(openTorch(archive(bytes, { "a/data/0": new Uint8Array(16) })), "pickle-invalid", word)
})

test("a storage shorter than said is refused", async () => {
  const bytes = pickle(rebuild, "(", storage(4), "K", 0, "))", 0x89, "NtR.")
  await expectRefusal(openTorch(archive(bytes, { "a/data/0": new Uint8Array(15) })), "pickle-invalid", "15 bytes")
})

test("big-endian numbers are refused", async () => {
  const big = { "a/byteorder": new TextEncoder().encode("big") }
  await expectRefusal(openTorch(archive(pickle("}."), big)), "big-endian", "hostile.bin")
})
