import { expect, test } from 'vitest';
import { pictureKind } from './picture.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n\0\0'], ['image/jpeg', '\xff\xd8\xff\xe0'], ['image/webp', 'RIFF\x10\0\0\0WEBPVP8 '],
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'], ['image/svg+xml', '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg>'],
])('%s is known by its first bytes', (kind, head) => expect(pictureKind(bytes(head))).toBe(kind));

test.each(['', 'GIF89a', '%PDF-1.7', '<html><svg>', '<svgx>', 'RIFF\x10\0\0\0WAVE', '<!DOCTYPE svg [<!ENTITY a "b">]><svg>'])('"%s" is no picture', (head) => expect(pictureKind(bytes(head))).toBeNull());
