// A whole Bluesky network on loopback: directory, personal data server, AppView and
// Ozone, on the ports named in the environment. Stands when PORT_INTROSPECT answers;
// closes on SIGTERM, and when whoever started it goes away (standard input ends).
import { TestNetwork, mockMailer } from '@atproto/dev-env'

const port = (name) => Number(process.env[`PORT_${name}`])

const network = await TestNetwork.create({
  plc: { port: port('PLC') },
  pds: { port: port('PDS'), hostname: 'localhost', enableDidDocWithSession: true },
  bsky: {
    dbPostgresSchema: 'bsky',
    port: port('APPVIEW'),
    publicUrl: `http://localhost:${port('APPVIEW')}`,
    // Tell when a post was seen, also when its author wrote an older date in it.
    indexedAtEpoch: new Date('2020-01-01T00:00:00Z'),
  },
  ozone: {
    port: port('OZONE'),
    chatUrl: `http://localhost:${port('NOBODY')}`,
    chatDid: 'did:example:chat',
    dbMaterializedViewRefreshIntervalMs: 5_000,
  },
  introspect: { port: port('INTROSPECT') },
})
mockMailer(network.pds)

let closing = false
const close = async () => {
  if (closing) return
  closing = true
  try {
    await network.close()
  } finally {
    process.exit(0)
  }
}
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, close)
process.stdin.on('end', close).resume()
