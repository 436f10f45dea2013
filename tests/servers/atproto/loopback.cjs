// node --require this: a server that names no host listens on 127.0.0.1 only.
const net = require('node:net')
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'object' && first !== null && 'port' in first && !first.path) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest)
  }
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first))) {
    if (typeof rest[0] === 'string') rest.shift()
    return listen.call(this, first, '127.0.0.1', ...rest)
  }
  return listen.call(this, first, ...rest)
}
