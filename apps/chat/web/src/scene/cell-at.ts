/** The cell of the stage under a point of the window; undefined beside the stage. */
export function cellAt(x: number, y: number): number | undefined {
  const stage = document.querySelector(".stage")?.getBoundingClientRect()
  if (!stage || x < stage.left || x >= stage.right || y < stage.top || y >= stage.bottom) return undefined
  const third = (share: number) => Math.min(2, Math.floor(share * 3))
  return third((y - stage.top) / stage.height) * 3 + third((x - stage.left) / stage.width)
}
