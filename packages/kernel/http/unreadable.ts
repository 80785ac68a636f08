/** What Node refuses before there is a request: headers that do not end, lines that are no HTTP, senders that stall. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '../problem.ts';
import { problems } from '../problems.ts';

/** Answers in the form of every other refusal, and ends the connection: what follows on it cannot be read either. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const document = new Problem(problems.malformed_request).document('en');
  const body = JSON.stringify(document);
  socket.end(`HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}
