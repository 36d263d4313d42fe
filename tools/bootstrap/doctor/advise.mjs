/**
 * @typedef {object} Facts
 * @property {string} platform as `process.platform`
 * @property {import("../adapter/adapter-kind.mjs").AdapterKind | undefined} kind of the adapter taken; undefined: none works
 * @property {readonly (string | undefined)[]} others kinds of the adapters that work here, whichever is taken
 * @property {readonly string[]} features of the adapter
 * @property {string} distribution ID and VERSION_ID of /etc/os-release, such as "debian 12"
 * @property {readonly string[]} devices GPU device nodes
 * @property {boolean} mayUseDevices whether this user may open them
 * @property {number} cores
 * @property {number} freeMemory bytes
 */

/**
 * What would make the programs faster on this machine, the greatest gain first.
 *
 * @param {Facts} facts
 * @returns {string[]} sentences
 */
export function advise(facts) {
  const { kind, others, platform, distribution, devices, mayUseDevices, features, cores, freeMemory } = facts
  const advice = []
  if (kind !== "hardware" && others.includes("hardware")) {
    advice.push("A GPU is here too and was not taken: leave --adapter and LLAVA_ADAPTER out to use it.")
  } else if (kind !== "hardware") {
    if (devices.length > 0 && !mayUseDevices) {
      advice.push(
        "There is a GPU device this user may not open: sudo usermod -aG render,video $USER, then log in again.",
      )
    } else if (devices.some((name) => name.startsWith("nvidia"))) {
      advice.push(
        "There is an NVIDIA device without a Vulkan driver: install the driver's graphics part (libnvidia-gl).",
      )
    } else if (devices.includes("dxg")) {
      advice.push("This is WSL: its GPU has no Vulkan driver Dawn takes; run from Windows itself to use the GPU.")
    } else {
      advice.push("A GPU (with its Vulkan driver, or Metal or Direct3D 12) is 10 to 1000 times faster than software.")
    }
  }
  if (platform === "linux" && kind !== "hardware" && kind !== "lavapipe") {
    const remedy = others.includes("lavapipe")
      ? "lavapipe is here too, take it with --adapter lavapipe"
      : lavapipeCommand(distribution)
    advice.push(`lavapipe is several times faster than SwiftShader: ${remedy}.`)
  }
  if (kind === "hardware" && !features.includes("shader-f16")) {
    advice.push("The driver offers no shader-f16; a newer one may, and halves the memory that weights need.")
  }
  if (kind === "hardware" && !features.includes("subgroups")) {
    advice.push("The driver offers no subgroups, which the fast kernels use; a newer one may.")
  }
  if (kind !== undefined && kind !== "hardware" && cores <= 4) {
    advice.push(`An adapter in software computes on the CPU: ${cores} cores are few, more help almost in proportion.`)
  }
  if (freeMemory < 4e9) advice.push("Less than 4 GB of memory are free: models of 1 GB and more may not fit.")
  return advice
}

/** @param {string} distribution */
function lavapipeCommand(distribution) {
  const [id = "", version = ""] = distribution.split(" ")
  if (id === "debian" && Number(version) <= 12) {
    return "sudo apt-get install -t bookworm-backports mesa-vulkan-drivers with bookworm-backports among apt's sources (Debian 12's own Mesa 22 is too old)"
  }
  if (id === "debian" || id === "ubuntu") return "sudo apt-get install mesa-vulkan-drivers"
  if (id === "fedora") return "sudo dnf install mesa-vulkan-drivers"
  if (id === "arch") return "sudo pacman -S vulkan-swrast"
  return "install your distribution's Mesa Vulkan drivers (Mesa 23 or newer)"
}
