// Loaded before the server: whatever it wants to listen on, it listens on 127.0.0.1, and says on which port.
const net = require('node:net');
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  this.once('listening', () => console.log(`port ${this.address().port}`));
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, ...rest.filter((part) => typeof part === 'function'));
};
