// SPDX-License-Identifier: GPL-3.0-or-later
// An IPFS node that knows nobody, with the RPC of Kubo on a free port of loopback. Its repository is in the folder that is
// named. Prints `ready PORT`; stops when its standard input is closed. `cid FILE` instead prints what ipfs calls a file.
// Newer packages below ipfs-core expect what Node has from 22 on. ES modules are run after what they import, but these only call it.
Promise.withResolvers ??= function () {
  const parts = {}
  parts.promise = new this((resolve, reject) => Object.assign(parts, { resolve, reject }))
  return parts
}
import fs from 'node:fs'
import net from 'node:net'
import { create } from 'ipfs-core'
import { HttpApi } from 'ipfs-http-server'

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

const port = await freePort()
const ipfs = await create({
  repo: process.argv[2],
  silent: true,
  start: false,
  offline: true,
  init: { algorithm: 'Ed25519', emptyRepo: true },
  config: { Bootstrap: [], Addresses: { Swarm: [], API: `/ip4/127.0.0.1/tcp/${port}`, Gateway: '' } }
})
if (process.argv[3] === 'cid') {
  const { cid } = await ipfs.add(fs.readFileSync(process.argv[4]), { onlyHash: true, cidVersion: 1, rawLeaves: true })
  console.log(cid.toString())
  process.exit(0)
}
const api = new HttpApi(ipfs)
await api.start()
console.log(`ready ${port}`)
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
