/**
 * Where visitors come in. Node takes one new connection from a listening socket in each turn of its event loop; when there is so much to do that a turn takes
 * a tenth of a second, who comes anew would wait for many seconds, even to hear that there is too much to do. So the port has many sockets, and Linux spreads who comes over them.
 */
import cluster from 'node:cluster';
import { once } from 'node:events';
import { createServer, type AddressInfo, type ListenOptions, type Server, type Socket } from 'node:net';
import type { FastifyInstance, FastifyListenOptions } from 'fastify';

/** So many new connections in a turn. */
const sockets = 64;
/** How many may wait at the door: who finds no place there tries again only after a second, then two, then four. */
const backlog = 4096;
/** As Node's own server for HTTP takes connections: without it the end of an answer in several parts waits for the other side's acknowledgement. */
const asHttp = { allowHalfOpen: true, noDelay: true };

/**
 * Listens until `stop`, which lets the requests that have come in be answered for as long as it is told, in milliseconds; then it hangs up on who is still there.
 * @throws `EADDRINUSE` when something listens there already, also another Milpa.
 */
export async function openDoors(server: FastifyInstance, address: { port: number; host: string }): Promise<{ stop(longest: number): Promise<void> }> {
  // Of several processes the first one takes the connections and hands them out; it has nothing else to do.
  const isShared = process.platform === 'linux' && !cluster.isWorker;
  // Sockets that share a port would share it with another process as well, unasked.
  if (isShared) await close(await listen(createServer(), address));
  const here = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    here.add(socket);
    socket.once('close', () => here.delete(socket));
  });
  await server.listen({ ...address, backlog, ...(isShared ? { reusePort: true } : {}) } as FastifyListenOptions);
  const { port } = server.server.address() as AddressInfo;
  const others = isShared
    ? await Promise.all(Array.from({ length: sockets - 1 }, () => listen(createServer(asHttp, (socket) => server.server.emit('connection', socket)), { ...address, port, backlog, reusePort: true })))
    : [];
  return {
    async stop(longest) {
      // Who was being answered keeps the connection for what they ask next, and nobody takes that any more; nor what browsers have open in case they need it.
      const idle = setInterval(() => {
        server.server.closeIdleConnections();
        for (const socket of here) if (socket.bytesRead === 0) socket.destroy();
      }, 50);
      const late = setTimeout(() => { server.server.closeAllConnections(); }, longest);
      // Their servers count the connections that they passed on, and end with the last of them.
      await Promise.all([...others.map(close), server.close()]).finally(() => {
        clearInterval(idle);
        clearTimeout(late);
      });
    },
  };
}

async function listen(server: Server, options: ListenOptions): Promise<Server> {
  server.listen(options);
  await once(server, 'listening');
  return server;
}

const close = (server: Server): Promise<void> => new Promise((resolve) => { server.close(() => { resolve(); }); });
