import { connect } from "node:net"

/** Sends bytes to a port as they are, and gives what comes back until the other side closes. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = ""
    const socket = connect(port, "127.0.0.1", () => socket.write(text))
    socket.setEncoding("latin1")
    socket.on("data", (data: string) => {
      received += data
    })
    socket.once("close", () => resolve(received))
    socket.once("error", reject)
  })
}
