import type { WebSocket, WebSocketServer } from 'ws';

/** A socket that answered no ping since the last round is gone without a word: it is ended, and its seat with it. */
export function keepHeartbeat(server: WebSocketServer, intervalMs: number): () => void {
  const alive = new WeakSet<WebSocket>();
  server.on('connection', (socket) => {
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
  });
  const timer = setInterval(() => {
    for (const socket of server.clients) {
      if (alive.delete(socket)) socket.ping();
      else socket.terminate();
    }
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
