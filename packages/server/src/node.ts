export { clientAddress } from "./platform/client-address.node.ts"
export { type Listening, type ListenOptions, listen } from "./platform/listen.node.ts"
