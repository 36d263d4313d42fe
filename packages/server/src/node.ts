export { clientAddress } from "./node/client-address.ts"
export { type Listening, type ListenOptions, listen } from "./node/listen.ts"
